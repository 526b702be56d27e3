import * as events from '@pulumi/oci/events/index.js'
import * as identity from '@pulumi/oci/identity/index.js'
import * as ons from '@pulumi/oci/ons/index.js'
import type * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Settings } from '../settings.ts'
import { CloudGuard } from './cloud-guard.ts'
import { Costs } from './costs.ts'
import { changes, notify, ofTypes } from './events.ts'
import type { Declared } from './quota.ts'
import { allowInTenancy } from './statements.ts'

/** Types of Oracle's events, by what they tell. The rules stand in the root: they see all compartments. */
const TOLD = {
  identities: {
    sentence: 'Who may do what has been changed, or somebody has signed in by a password of Oracle Cloud',
    types: [
      ...changes(
        'identitycontrolplane',
        'user',
        'group',
        'dynamicgroup',
        'policy',
        'identityprovider',
        'idpgroupmapping',
      ),
      ...[
        'addusertogroup',
        'removeuserfromgroup',
        'updateusercapabilities',
        'updateuserstate',
        'createcustomersecretkey',
        'uploadapikey',
        'createauthtoken',
        'updateauthenticationpolicy',
      ].map((verb) => `identitycontrolplane.${verb}`),
      // People come by the identity provider: a password of Oracle Cloud's own is the way in when nothing else works.
      'identitysignon.interactivelogin',
    ],
  },
  problems: {
    sentence: 'Cloud Guard has found a problem, or one is over',
    types: ['problemdetected', 'problemdismissed', 'problemremediated'].map((type) => `cloudguard.${type}`),
  },
}

interface TenancyArgs {
  settings: Pick<Settings, 'compartment' | 'tenancyId' | 'homeRegion' | 'budget' | 'alarms'> & Declared
}

/** What exists once in a tenancy: Cloud Guard, budget, quotas, default tags, auditors, and what tells of identities. */
export class Tenancy extends Component {
  constructor(name: string, { settings }: TenancyArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Tenancy', name, options)
    new CloudGuard(this.named('guard'), settings, { parent: this })
    new Costs(this.named('costs'), settings, { parent: this })
    this.#people(settings)
    this.#tell(settings)
    this.registerOutputs({})
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
}
