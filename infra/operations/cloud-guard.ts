import * as cloudguard from '@pulumi/oci/cloudguard/index.js'
import * as identity from '@pulumi/oci/identity/index.js'
import * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Settings } from '../settings.ts'
import { allowInTenancy } from './statements.ts'

/** Oracle's recipes for Cloud Guard, by what they look at: kept up to date by Oracle, and switched on as they are. */
const DETECTORS = ['IAAS_ACTIVITY_DETECTOR', 'IAAS_CONFIGURATION_DETECTOR', 'IAAS_THREAT_DETECTOR']

/** What Cloud Guard looks at. */
const GUARDED = [
  'vaults',
  'keys',
  'compartments',
  'tenancies',
  'audit-events',
  'compute-management-family',
  'instance-family',
  'virtual-network-family',
  'volume-family',
  'object-family',
  'load-balancers',
  'users',
  'groups',
  'policies',
  'dynamic-groups',
  'authentication-policies',
]

/** Cloud Guard over the whole tenancy, by Oracle's own recipes. */
export class CloudGuard extends Component {
  constructor(
    name: string,
    { tenancyId, homeRegion }: Pick<Settings, 'tenancyId' | 'homeRegion'>,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('kura:cloud:CloudGuard', name, options)
    const permission = new identity.Policy(
      this.named('policy'),
      {
        name,
        compartmentId: tenancyId,
        description: 'Cloud Guard looks at everything, and changes nothing',
        statements: GUARDED.map((what) => allowInTenancy('service cloudguard', `read ${what}`)),
        freeformTags: this.tags,
      },
      { parent: this },
    )
    const guard = new cloudguard.CloudGuardConfiguration(
      this.named('configuration'),
      { compartmentId: tenancyId, reportingRegion: homeRegion, status: 'ENABLED', selfManageResources: false },
      { parent: this, dependsOn: permission },
    )
    // Recipes are there once Cloud Guard is.
    const lookUp = { parent: this, dependsOn: guard }
    const detectors = cloudguard
      .getDetectorRecipesOutput({ compartmentId: tenancyId }, lookUp)
      .detectorRecipeCollections.apply((collections) => {
        const items = collections.flatMap((collection) => collection.items)
        return DETECTORS.map((detector) =>
          ofOracle(
            items.filter((recipe) => recipe.detector === detector),
            detector,
          ),
        )
      })
    const responder = cloudguard
      .getResponderRecipesOutput({ compartmentId: tenancyId }, lookUp)
      .responderRecipeCollections.apply((collections) =>
        ofOracle(
          collections.flatMap(({ items }) => items),
          'responder',
        ),
      )
    new cloudguard.Target(
      this.named('target'),
      {
        compartmentId: tenancyId,
        displayName: this.named('target'),
        targetResourceId: tenancyId,
        targetResourceType: 'COMPARTMENT',
        targetDetectorRecipes: detectors.apply((ids) => ids.map((detectorRecipeId) => ({ detectorRecipeId }))),
        targetResponderRecipes: [{ responderRecipeId: responder }],
        freeformTags: this.tags,
      },
      { parent: this },
    )
    this.registerOutputs({})
  }
}

/** The one recipe among them that is Oracle's own. */
function ofOracle(recipes: { id: string; owner: string }[], what: string): string {
  const recipe = recipes.find(({ owner }) => owner === 'ORACLE')
  if (recipe === undefined) throw new pulumi.RunError(`Cloud Guard offers no ${what} recipe of Oracle's`)
  return recipe.id
}
