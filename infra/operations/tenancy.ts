import * as budget from '@pulumi/oci/budget/index.js'
import * as cloudguard from '@pulumi/oci/cloudguard/index.js'
import * as events from '@pulumi/oci/events/index.js'
import * as identity from '@pulumi/oci/identity/index.js'
import * as limits from '@pulumi/oci/limits/index.js'
import * as ons from '@pulumi/oci/ons/index.js'
import * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Settings } from '../settings.ts'
import { changes, notify, ofTypes } from './events.ts'
import { quotaStatements } from './quota.ts'
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

/** Types of Oracle's events, by what they tell. The rules stand in the root: they see all compartments. */
const TOLD = {
  identities: {
    sentence: 'Who may do what has been changed',
    types: [
      ...changes('identitycontrolplane', 'user', 'group', 'dynamicgroup', 'policy', 'identityprovider'),
      ...['addusertogroup', 'removeuserfromgroup', 'updateusercapabilities', 'updateuserstate'].map(
        (verb) => `identitycontrolplane.${verb}`,
      ),
      ...['createcustomersecretkey', 'uploadapikey', 'createauthtoken', 'updateauthenticationpolicy'].map(
        (verb) => `identitycontrolplane.${verb}`,
      ),
    ],
  },
  problems: {
    sentence: 'Cloud Guard has found a problem',
    types: ['cloudguard.problemdetected'],
  },
}

interface TenancyArgs {
  settings: Pick<
    Settings,
    | 'compartment'
    | 'tenancyId'
    | 'homeRegion'
    | 'budget'
    | 'alarms'
    | 'kubernetes'
    | 'pools'
    | 'postgresql'
    | 'elasticsearch'
    | 'rabbitmq'
    | 'storage'
  >
}

/** What exists once in a tenancy: Cloud Guard, budget, quotas, default tags, auditors, and what tells of identities. */
export class Tenancy extends Component {
  constructor(name: string, { settings }: TenancyArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Tenancy', name, options)
    this.#guard(settings)
    this.#costs(settings)
    this.#people(settings)
    this.#tell(settings)
    this.registerOutputs({})
  }

  /** Cloud Guard over everything, by Oracle's own recipes. */
  #guard({ tenancyId, homeRegion }: TenancyArgs['settings']) {
    const permission = new identity.Policy(
      this.named('guard-policy'),
      {
        name: this.named('guard'),
        compartmentId: tenancyId,
        description: 'Cloud Guard looks at everything, and changes nothing',
        statements: GUARDED.map((what) => allowInTenancy('service cloudguard', `read ${what}`)),
        freeformTags: this.tags,
      },
      { parent: this },
    )
    const guard = new cloudguard.CloudGuardConfiguration(
      this.named('guard'),
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
      this.named('guard-target'),
      {
        compartmentId: tenancyId,
        displayName: this.named('guard-target'),
        targetResourceId: tenancyId,
        targetResourceType: 'COMPARTMENT',
        targetDetectorRecipes: detectors.apply((ids) => ids.map((detectorRecipeId) => ({ detectorRecipeId }))),
        targetResponderRecipes: [{ responderRecipeId: responder }],
        freeformTags: this.tags,
      },
      { parent: this },
    )
  }

  /** What it may cost, who is told before it does, what it cannot exceed, and a tag that bills can be sorted by. */
  #costs(settings: TenancyArgs['settings']) {
    const { compartment, tenancyId, alarms } = settings
    const monthly = new budget.Budget(
      this.named('budget'),
      {
        compartmentId: tenancyId,
        displayName: this.named('budget'),
        description: 'What Kura may cost in a month',
        amount: settings.budget.monthly,
        resetPeriod: 'MONTHLY',
        targetType: 'COMPARTMENT',
        targets: [compartment],
        freeformTags: this.tags,
      },
      { parent: this },
    )
    const warn = (type: 'ACTUAL' | 'FORECAST', threshold: number, message: string) =>
      new budget.Rule(
        this.named(`${type.toLowerCase()}-${threshold}`),
        {
          budgetId: monthly.id,
          displayName: this.named(`${type.toLowerCase()}-${threshold}`),
          type,
          threshold,
          thresholdType: 'PERCENTAGE',
          recipients: alarms.emails.join(','),
          message,
          freeformTags: this.tags,
        },
        { parent: this },
      )
    warn('FORECAST', 100, 'This month will cost more than the budget of Kura.')
    warn('ACTUAL', 80, 'Four fifths of the budget of Kura are spent.')
    warn('ACTUAL', 100, 'The budget of Kura is spent.')

    new limits.Quota(
      this.named('quota'),
      {
        name: this.named('quota'),
        compartmentId: tenancyId,
        description: 'What the compartment of Kura can run up at most',
        statements: this.#path(compartment, tenancyId).apply((path) => quotaStatements(path, settings)),
        freeformTags: this.tags,
      },
      { parent: this },
    )

    const namespace = new identity.TagNamespace(
      this.named('tags'),
      { name: 'kura', compartmentId: tenancyId, description: 'Tags of Kura', freeformTags: this.tags },
      { parent: this },
    )
    const environment = new identity.Tag(
      this.named('environment-tag'),
      {
        name: 'environment',
        tagNamespaceId: namespace.id,
        description: 'Which stack it belongs to: also what the cluster makes by itself, as volumes and load balancers',
        isCostTracking: true,
        freeformTags: this.tags,
      },
      { parent: this },
    )
    new identity.TagDefault(
      this.named('environment'),
      {
        compartmentId: compartment,
        tagDefinitionId: environment.id,
        value: pulumi.getStack(),
        isRequired: false,
      },
      { parent: this },
    )
  }

  /** How people prove who they are, and those who look over everybody's shoulder. */
  #people({ tenancyId }: TenancyArgs['settings']) {
    new identity.AuthenticationPolicy(
      this.named('passwords'),
      {
        compartmentId: tenancyId,
        passwordPolicy: {
          minimumPasswordLength: 14,
          isLowercaseCharactersRequired: true,
          isUppercaseCharactersRequired: true,
          isNumericCharactersRequired: true,
          isSpecialCharactersRequired: true,
          isUsernameContainmentAllowed: false,
        },
      },
      { parent: this },
    )
    const auditors = new identity.Group(
      this.named('auditors'),
      {
        name: this.named('auditors'),
        compartmentId: tenancyId,
        description: 'Auditors of the tenancy',
        freeformTags: this.tags,
      },
      { parent: this },
    )
    new identity.Policy(
      this.named('auditors-policy'),
      {
        name: this.named('auditors'),
        compartmentId: tenancyId,
        description: "Auditors see what there is, what was done and what it costs, and read nobody's data",
        statements: auditors.id.apply((id) =>
          [
            'inspect all-resources',
            'read audit-events',
            'read cloud-guard-family',
            'read policies',
            'read usage-budgets',
            'read usage-report',
          ].map((may) => allowInTenancy(`group id ${id}`, may)),
        ),
        freeformTags: this.tags,
      },
      { parent: this },
    )
  }

  /** Changes of identities and what Cloud Guard finds, by mail. Both happen in the home region, and need a topic there. */
  #tell({ tenancyId, alarms }: TenancyArgs['settings']) {
    const topic = new ons.NotificationTopic(
      this.named('topic'),
      {
        name: this.named('topic'),
        compartmentId: tenancyId,
        description: 'Changes of identities, and what Cloud Guard finds',
        freeformTags: this.tags,
      },
      { parent: this },
    )
    alarms.emails.forEach((endpoint, index) => {
      new ons.Subscription(
        this.named(`mail-${index + 1}`),
        { compartmentId: tenancyId, topicId: topic.id, protocol: 'EMAIL', endpoint, freeformTags: this.tags },
        { parent: this },
      )
    })
    for (const [suffix, { sentence, types }] of Object.entries(TOLD))
      new events.Rule(
        this.named(suffix),
        {
          compartmentId: tenancyId,
          displayName: this.named(suffix),
          description: sentence,
          isEnabled: true,
          conditionDetails: ofTypes(types),
          actions: notify(topic.id),
          freeformTags: this.tags,
        },
        { parent: this },
      )
  }

  /** A compartment as quotas name it: names from the root down, divided by colons. */
  #path(compartment: string, root: string): pulumi.Output<string> {
    const found = identity.getCompartmentOutput({ id: compartment }, { parent: this })
    return found.apply(({ name, compartmentId }) =>
      compartmentId === root ? pulumi.output(name) : pulumi.interpolate`${this.#path(compartmentId, root)}:${name}`,
    )
  }
}

/** The one recipe among them that is Oracle's own. */
function ofOracle(recipes: { id: string; owner: string }[], what: string): string {
  const recipe = recipes.find(({ owner }) => owner === 'ORACLE')
  if (recipe === undefined) throw new pulumi.RunError(`Cloud Guard offers no ${what} recipe of Oracle's`)
  return recipe.id
}
