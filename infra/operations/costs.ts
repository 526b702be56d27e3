import * as budget from '@pulumi/oci/budget/index.js'
import * as identity from '@pulumi/oci/identity/index.js'
import * as limits from '@pulumi/oci/limits/index.js'
import * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Settings } from '../settings.ts'
import { type Declared, quotaStatements } from './quota.ts'

type CostsArgs = Pick<Settings, 'compartment' | 'tenancyId' | 'budget' | 'alarms'> & Declared

/** What the platform may cost, who is told before it does, what it cannot exceed, and a tag that bills can be sorted by. */
export class Costs extends Component {
  constructor(name: string, settings: CostsArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Costs', name, options)
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
        statements: this.#place(compartment, tenancyId).apply((place) => quotaStatements(place, settings)),
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
    this.registerOutputs({})
  }

  /** Where a quota holds: the tenancy, or a compartment by its names from the root down. */
  #place(compartment: string, root: string): pulumi.Output<string> {
    if (compartment === root) return pulumi.output('tenancy')
    const found = identity.getCompartmentOutput({ id: compartment }, { parent: this })
    return found.apply(({ name, compartmentId }) =>
      this.#place(compartmentId, root).apply((above) =>
        above === 'tenancy' ? `compartment ${name}` : `${above}:${name}`,
      ),
    )
  }
}
