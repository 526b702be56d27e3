import * as waf from '@pulumi/oci/waf/index.js'
import type * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Settings } from '../settings.ts'
import { CAPABILITIES, EXCEPTIONS, LONGEST_ARGUMENT, METHODS, refusals, UPLOADS } from './waf-rules.ts'

/** Most that Oracle's firewall inspects of a body. */
export const INSPECTED_BYTES = 8192

const PASS = 'pass'
const TOO_MANY = 'ask-to-wait'
const SUSPICIOUS = 'refuse-suspicious'

const SECONDS = 60

interface WafArgs extends Pick<Settings, 'compartment' | 'edge'> {}

/** The policy of the web application firewall, which every load balancer has before it. */
export class Waf extends Component {
  readonly policyId: pulumi.Output<string>

  constructor(name: string, { compartment, edge }: WafArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Waf', name, options)
    const conditionLanguage = 'JMESPATH'

    const policy = new waf.AppFirewallPolicy(
      this.named('policy'),
      {
        displayName: this.named('policy'),
        compartmentId: compartment,
        freeformTags: this.tags,
        actions: [
          { name: PASS, type: 'ALLOW' },
          answer('refuse-method', 405, 'This method is not known here.'),
          answer('hide', 404, 'There is nothing here.'),
          answer('refuse-size', 413, `A request may hold ${edge.upload} GiB.`),
          answer(SUSPICIOUS, 403, 'This request looks like an attack. If it was none, please tell us its time.'),
          // 503 is what OAI-PMH lets a repository answer for this (section 3.1.1.3), and 429 is not offered.
          answer(TOO_MANY, 503, 'Too many requests from your address. Please wait a minute.', {
            'Retry-After': String(SECONDS),
          }),
        ],
        requestAccessControl: {
          defaultActionName: PASS,
          rules: refusals(edge.upload).map(({ name, condition, action }) => ({
            name,
            type: 'ACCESS_CONTROL',
            condition,
            conditionLanguage,
            actionName: action,
          })),
        },
        requestRateLimiting: {
          // Counted for each address of a client.
          rules: [
            {
              name: 'requests-of-one-address',
              type: 'REQUEST_RATE_LIMITING',
              actionName: TOO_MANY,
              configurations: [
                { periodInSeconds: SECONDS, requestsLimit: edge.requests, actionDurationInSeconds: SECONDS },
              ],
            },
          ],
        },
        requestProtection: {
          bodyInspectionSizeLimitInBytes: INSPECTED_BYTES,
          rules: [
            { name: 'requests-with-their-bodies', condition: `!${UPLOADS}`, isBodyInspectionEnabled: true },
            // A body that is inspected is held back until it is; these pass as they come.
            { name: 'uploads-without-their-bodies', condition: UPLOADS, isBodyInspectionEnabled: false },
          ].map((rule) => ({
            ...rule,
            type: 'PROTECTION',
            conditionLanguage,
            actionName: SUSPICIOUS,
            protectionCapabilities: capabilities(),
            // Oracle's own set of methods lacks those that change and delete.
            protectionCapabilitySettings: { allowedHttpMethods: METHODS, maxSingleArgumentLength: LONGEST_ARGUMENT },
          })),
        },
      },
      { parent: this },
    )
    this.policyId = policy.id
    this.registerOutputs({ policyId: this.policyId })
  }
}

function answer(name: string, code: number, text: string, headers: Record<string, string> = {}) {
  return {
    name,
    type: 'RETURN_HTTP_RESPONSE',
    code,
    body: { type: 'STATIC_TEXT', text: `${text}\n` },
    headers: Object.entries({ 'Content-Type': 'text/plain; charset=utf-8', ...headers }).map(([header, value]) => ({
      name: header,
      value,
    })),
  }
}

/** The set, with what each capability does not look at. */
function capabilities() {
  return CAPABILITIES.map(({ key, version }) => {
    const args = EXCEPTIONS.filter((exception) => exception.capabilities.includes(key)).flatMap(
      (exception) => exception.args,
    )
    return { key, version, ...(args.length > 0 ? { exclusions: { args } } : {}) }
  })
}
