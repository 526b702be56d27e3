import { Certificate, Issuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1'
import {
  BackendTrafficPolicy,
  ClientTrafficPolicy,
  EnvoyProxy,
  HTTPRouteFilter,
} from '@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1'
import { Gateway, GatewayClass, HTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1'
import jmespath from 'jmespath'
import { beforeAll, describe, expect, test } from 'vitest'
import { CAPABILITIES, EXCEPTIONS, LEFT_OUT } from '../../infra/edge/waf-rules.ts'
import { identifier } from '../../tools/evaluate/answers.ts'
import { type CapturedResource, type Evaluation, reveal } from '../../tools/evaluate/index.ts'
import { evaluateStacks } from './stacks.ts'

const ZONES = { dev: 'dev.kura.example', prod: 'kura.example' }
const DOORS = ['kura-edge-0', 'kura-edge-1', 'kura-edge-identity']

const stacks: Record<string, Evaluation> = {}
beforeAll(async () => {
  Object.assign(stacks, await evaluateStacks())
}, 60_000)

function all(stack: string, type: string): CapturedResource[] {
  const evaluation = stacks[stack]
  if (!evaluation) throw new Error(`${stack} was not evaluated`)
  return evaluation.resources.filter((resource) => resource.type === type)
}

interface Inputs {
  metadata: { name: string; namespace: string; annotations: Record<string, string> }
  // biome-ignore lint/suspicious/noExplicitAny: each type has its own, which its schema checks.
  spec: any
}

const inputs = <T = Inputs>(stack: string, type: string) =>
  all(stack, type).map((resource) => reveal(resource.inputs) as T)

/** Ids by the door that a resource belongs to. */
function idsByDoor(stack: string, type: string): Record<string, unknown> {
  return Object.fromEntries(
    all(stack, type).map(({ name, inputs: given }) => [
      DOORS.find((door) => name.startsWith(`${door}-`)),
      identifier(type, name, given),
    ]),
  )
}

/** Whether a certificate with these names is good for a host. */
const covers = (names: string[], host: string) =>
  names.some((name) => name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1)))

describe.each(['dev', 'prod'] as const)('the edge of %s', (stack) => {
  const ingresses = () => inputs(stack, 'kubernetes:networking.k8s.io/v1:Ingress')
  const certificates = () =>
    new Map(
      inputs(stack, 'kubernetes:cert-manager.io/v1:Certificate')
        .filter(({ metadata }) => metadata.namespace === 'kura-edge')
        .map(({ metadata, spec }) => [metadata.name, spec]),
    )
  /** Where DNS sends a name of our own. */
  const addresses = () =>
    Object.fromEntries(
      inputs<{ domain: string; rtype: string; items: { rdata: string }[] }>(stack, 'oci:Dns/rrset:Rrset')
        .filter(({ rtype }) => rtype === 'A')
        .map(({ domain, items }) => [domain, items.map(({ rdata }) => rdata)]),
    )

  test('serves every host of an institution by a door whose certificate names it', () => {
    const zone = ZONES[stack]
    const routed = inputs(stack, 'kubernetes:gateway.networking.k8s.io/v1:HTTPRoute').flatMap(
      ({ spec }) => (spec.hostnames ?? []) as string[],
    )
    expect(routed.length).toBeGreaterThan(3)
    for (const host of [...routed, `login.${zone}`]) {
      const doors = [...certificates()].filter(([, { dnsNames }]) => covers(dnsNames, host)).map(([door]) => door)
      const expected =
        host === `login.${zone}` ? 'kura-edge-identity' : host.endsWith(`.${zone}`) ? 'kura-edge-0' : 'kura-edge-1'
      expect(doors, host).toContain(expected)
    }
  })

  test('gives no certificate more names than an authority takes, and each the common name that never changes', () => {
    const zone = ZONES[stack]
    const placeholders = inputs<{ subject: { commonName: string } }>(stack, 'tls:index/selfSignedCert:SelfSignedCert')
    const common = [zone, `edge-1.${zone}`, `login.${zone}`]
    for (const { dnsNames, commonName } of certificates().values()) {
      expect(dnsNames.length).toBeLessThanOrEqual(91)
      expect(dnsNames[0]).toBe(commonName)
      expect(commonName.length).toBeLessThanOrEqual(64)
      expect(common).toContain(commonName)
    }
    expect(placeholders.map(({ subject }) => subject.commonName)).toEqual(expect.arrayContaining(common))
  })

  test('sends every name of our own to the address of its door', () => {
    const zone = ZONES[stack]
    const address = Object.fromEntries(
      all(stack, 'oci:Core/publicIp:PublicIp').map(({ name, outputs }) => [name, [outputs.ipAddress]]),
    )
    expect(addresses()).toEqual({
      [zone]: address['kura-edge-0-address'],
      [`*.${zone}`]: address['kura-edge-0-address'],
      [`edge-1.${zone}`]: address['kura-edge-1-address'],
      [`login.${zone}`]: address['kura-edge-identity-address'],
      [`handle.${zone}`]: address['kura-handle-address'],
    })
    expect(
      inputs<{ rtype: string; items: { rdata: string }[] }>(stack, 'oci:Dns/rrset:Rrset').filter(
        ({ rtype }) => rtype === 'CAA',
      ),
    ).toMatchObject([{ items: [{ rdata: '0 issue "letsencrypt.org"' }] }])
  })

  test('keeps its addresses and its zone, and undoes nothing that others write into them', () => {
    const kept = stacks[stack]?.resources.filter(({ name, protect }) => name.startsWith('kura-edge-') && protect)
    expect(kept?.map(({ name }) => name)).toEqual([...DOORS.map((door) => `${door}-address`), 'kura-edge-zone'])
    for (const { ignoreChanges } of all(stack, 'oci:Core/publicIp:PublicIp'))
      expect(ignoreChanges).toEqual(['privateIpId'])
    for (const { ignoreChanges } of all(stack, 'oci:CertificatesManagement/certificate:Certificate'))
      expect(ignoreChanges).toEqual(['certificateConfig'])
  })

  test('has one load balancer with address, security group and firewall for each door, as the controller is told', () => {
    const [balancers, firewalls, reserved] = [
      'oci:LoadBalancer/loadBalancer:LoadBalancer',
      'oci:Waf/appFirewall:AppFirewall',
      'oci:Core/publicIp:PublicIp',
    ].map((type) => idsByDoor(stack, type))
    expect(Object.keys(balancers ?? {})).toEqual(DOORS)

    const declared = new Map(
      inputs<{
        displayName: string
        networkSecurityGroupIds: string[]
        subnetIds: string[]
        reservedIps: { id: string }[]
        shapeDetails: { minimumBandwidthInMbps: number; maximumBandwidthInMbps: number }
      }>(stack, 'oci:LoadBalancer/loadBalancer:LoadBalancer').map((balancer) => [balancer.displayName, balancer]),
    )
    const parameters = new Map(
      inputs(stack, 'kubernetes:ingress.oraclecloud.com/v1beta1:IngressClassParameters').map((found) => [
        found.metadata.name,
        found.spec,
      ]),
    )
    const policy = identifier('oci:Waf/appFirewallPolicy:AppFirewallPolicy', 'kura-edge-waf-policy', {})
    const classes = inputs(stack, 'kubernetes:networking.k8s.io/v1:IngressClass')
    expect(classes.length).toBeGreaterThanOrEqual(2)
    for (const { metadata, spec } of classes) {
      const balancer = declared.get(metadata.name)
      const prefix = 'oci-native-ingress.oraclecloud.com/'
      expect(metadata.annotations).toMatchObject({
        [`${prefix}id`]: balancers?.[metadata.name],
        [`${prefix}waf-policy-ocid`]: policy,
        [`${prefix}firewall-id`]: firewalls?.[metadata.name],
        [`${prefix}network-security-group-ids`]: balancer?.networkSecurityGroupIds.join(),
        [`${prefix}delete-protection-enabled`]: 'true',
      })
      expect(parameters.get(spec.parameters.name)).toMatchObject({
        loadBalancerName: balancer?.displayName,
        subnetId: balancer?.subnetIds[0],
        reservedPublicAddressId: reserved?.[metadata.name],
        minBandwidthMbps: balancer?.shapeDetails.minimumBandwidthInMbps,
        maxBandwidthMbps: balancer?.shapeDetails.maximumBandwidthInMbps,
      })
      expect(balancer?.reservedIps).toEqual([{ id: reserved?.[metadata.name] }])
    }
  })

  test('opens 443 with the certificate of the door, and 80 without one, each to a listener of the gateway', () => {
    const imported = idsByDoor(stack, 'oci:CertificatesManagement/certificate:Certificate')
    const [gateway] = inputs(stack, 'kubernetes:gateway.networking.k8s.io/v1:Gateway')
    const port = (name: string) =>
      gateway?.spec.listeners.find((listener: { name: string }) => listener.name === name).port
    const names = ingresses().map(({ metadata }) => metadata.name)
    expect(new Set(names).size, 'the controller keeps them by name alone').toBe(names.length)

    for (const { metadata, spec } of ingresses().filter(({ metadata }) => metadata.namespace === 'kura-edge')) {
      const said = (key: string) => metadata.annotations[`oci-native-ingress.oraclecloud.com/${key}`]
      const secure = said('https-listener-port') !== undefined
      expect([said('https-listener-port'), said('http-listener-port')]).toEqual(
        secure ? ['443', undefined] : [undefined, '80'],
      )
      expect(said('certificate-ocid')).toBe(secure ? imported[spec.ingressClassName] : undefined)
      expect(said('backend-tls-enabled')).toBe('false')
      expect(spec.rules).toHaveLength(1)
      expect(spec.rules[0].host).toBeUndefined()
      expect(spec.rules[0].http.paths[0].backend.service).toEqual({
        name: gateway?.metadata.name,
        port: { number: port(secure ? 'web' : 'redirect') },
      })
    }
    const open = (key: string) =>
      ingresses()
        .filter(({ metadata }) => metadata.annotations[`oci-native-ingress.oraclecloud.com/${key}`] !== undefined)
        .map(({ spec }) => spec.ingressClassName)
    expect(open('http-listener-port').sort()).toEqual(DOORS)
    expect(open('https-listener-port')).toEqual(expect.arrayContaining(DOORS.slice(0, 2)))
  })

  test('lets the load balancers reach all listeners of the gateway, by the network and by policy', () => {
    const [gateway] = inputs(stack, 'kubernetes:gateway.networking.k8s.io/v1:Gateway')
    const ports: number[] = gateway?.spec.listeners.map(({ port }: { port: number }) => port)
    expect(ports.length).toBeLessThanOrEqual(64)
    const [rule] = inputs<{ description: string; tcpOptions: { destinationPortRange: { min: number; max: number } } }>(
      stack,
      'oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule',
    ).filter(({ description }) => description === 'Load balancers reach the gateway')
    const policy = inputs(stack, 'kubernetes:networking.k8s.io/v1:NetworkPolicy').find(
      ({ metadata }) => metadata.name === 'allow-envoy',
    )
    const [subnet] = inputs<{ displayName: string; cidrBlock: string }>(stack, 'oci:Core/subnet:Subnet').filter(
      ({ displayName }) => displayName.endsWith('-load-balancers'),
    )
    const allowed = policy?.spec.ingress
      .filter(({ from }: { from: { ipBlock?: { cidr: string } }[] }) => from[0]?.ipBlock?.cidr === subnet?.cidrBlock)
      .flatMap((entry: { ports: { port: number }[] }) => entry.ports.map(({ port }) => port))
    expect(allowed).toEqual(ports)
    for (const port of ports) {
      expect(port).toBeGreaterThanOrEqual(rule?.tcpOptions.destinationPortRange.min ?? Number.NaN)
      expect(port).toBeLessThanOrEqual(rule?.tcpOptions.destinationPortRange.max ?? Number.NaN)
    }
  })

  test('proves every name to the authority by DNS: ours in our zone, others by an alias into it', () => {
    const [issuer] = inputs(stack, 'kubernetes:cert-manager.io/v1:Issuer').filter(
      ({ metadata }) => metadata.namespace === 'kura-edge',
    )
    const [solver] = inputs<{ values: { groupName: string } }>(stack, 'kubernetes:helm.sh/v3:Release').filter(
      ({ values }) => values.groupName !== undefined,
    )
    expect(issuer?.spec.acme.solvers).toEqual([
      {
        dns01: {
          cnameStrategy: 'Follow',
          webhook: { groupName: solver?.values.groupName, solverName: 'oci', config: expect.anything() },
        },
      },
    ])
    for (const { issuerRef } of certificates().values()) expect(issuerRef.name).toBe(issuer?.metadata.name)
  })

  test("brings the certificate of each door's Secret to the certificate that its load balancer serves", () => {
    const imported = idsByDoor(stack, 'oci:CertificatesManagement/certificate:Certificate')
    const job = inputs(stack, 'kubernetes:batch/v1:CronJob').find(({ metadata }) => metadata.name === 'certificates')
    const pod = job?.spec.jobTemplate.spec.template.spec
    const configuration = inputs<{ metadata: { name: string }; data: Record<string, string> }>(
      stack,
      'kubernetes:core/v1:ConfigMap',
    ).find(({ metadata }) => metadata.name === 'certificates')
    expect(configuration?.data.doors).toBe(DOORS.map((door) => `${door} ${imported[door]}\n`).join(''))

    const volume = pod.volumes.find(({ name }: { name: string }) => name === 'certificates')
    const secrets = volume.projected.sources.map(({ secret }: { secret: { name: string } }) => secret.name)
    expect(secrets).toEqual([...certificates().values()].map(({ secretName }) => secretName))
    expect(secrets).toEqual(DOORS)
    expect(pod).toMatchObject({ serviceAccountName: 'certificates', automountServiceAccountToken: true })
    expect(pod.containers[0].command.at(-1)).toBe('/etc/certificates/import-certificates.sh')
    expect(configuration?.data['import-certificates.sh']).toMatch(/^#!\/bin\/bash\n/)
  })

  test('declares custom resources that fit their schemas', () => {
    const models = {
      'gateway.envoyproxy.io/v1alpha1:EnvoyProxy': EnvoyProxy,
      'gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy': ClientTrafficPolicy,
      'gateway.envoyproxy.io/v1alpha1:BackendTrafficPolicy': BackendTrafficPolicy,
      'gateway.envoyproxy.io/v1alpha1:HTTPRouteFilter': HTTPRouteFilter,
      'gateway.networking.k8s.io/v1:GatewayClass': GatewayClass,
      'gateway.networking.k8s.io/v1:Gateway': Gateway,
      'gateway.networking.k8s.io/v1:HTTPRoute': HTTPRoute,
      'cert-manager.io/v1:Certificate': Certificate,
      'cert-manager.io/v1:Issuer': Issuer,
    }
    for (const [type, Model] of Object.entries(models)) {
      const found = inputs<ConstructorParameters<typeof Model>[0]>(stack, `kubernetes:${type}`)
      expect(found.length, type).toBeGreaterThan(0)
      // biome-ignore lint/suspicious/noExplicitAny: each model takes its own.
      for (const object of found) expect(() => new Model(object as any).validate(), type).not.toThrow()
    }
  })
})

test('a custom resource that does not fit its schema is found', () => {
  expect(() =>
    new ClientTrafficPolicy({
      metadata: { name: 'a' },
      // @ts-expect-error: a number of hops is a number.
      spec: { clientIPDetection: { xForwardedFor: { numTrustedHops: 'one' } } },
    }).validate(),
  ).toThrow(/numTrustedHops/)
})

describe('the firewall', () => {
  interface Rule {
    name: string
    condition: string
    actionName: string
    isBodyInspectionEnabled?: boolean
    protectionCapabilities: { key: string; exclusions?: { args: string[] } }[]
  }
  const policy = () => {
    const [found] = inputs<{
      actions: { name: string; type: string; code?: number }[]
      requestAccessControl: { rules: Rule[] }
      requestProtection: { rules: Rule[] }
      requestRateLimiting: { rules: { actionName: string; configurations: { requestsLimit: number }[] }[] }
    }>('prod', 'oci:Waf/appFirewallPolicy:AppFirewallPolicy')
    if (!found) throw new Error('there is no policy')
    return found
  }
  const code = (action: string) => policy().actions.find(({ name }) => name === action)?.code
  /** The document that Oracle's conditions are about. */
  const request = (method: string, path: string, headers: Record<string, string[]> = {}) => ({
    http: { request: { method, url: { path }, headers } },
  })
  const holds = (condition: string, about: object) => {
    const value: unknown = jmespath.search(about, condition)
    return value !== null && value !== false
  }
  /** What a request is answered with at the edge, or nothing if it passes. */
  const answer = (...given: Parameters<typeof request>) => {
    const rule = policy().requestAccessControl.rules.find(({ condition }) => holds(condition, request(...given)))
    return rule && code(rule.actionName)
  }

  type Passed = [method: string, path: string, headers?: Record<string, string[]>]
  test.each<Passed>([
    ['GET', '/'],
    ['GET', '/search'],
    ['GET', '/healthcare-report.pdf'],
    ['HEAD', '/items/1/files/a%2Fb.pdf'],
    ['GET', '/realms/kura/protocol/openid-connect/auth'],
    ['POST', '/oai'],
    ['PUT', '/api/v1/items/1/files/big.zip', { 'content-length': ['214748364800'] }],
  ])('lets %s %s pass', (method, path, headers = {}) => {
    expect(answer(method, path, headers)).toBeUndefined()
  })

  type Answered = [method: string, path: string, status: number, headers?: Record<string, string[]>]
  test.each<Answered>([
    ['TRACE', '/', 405],
    ['PROPFIND', '/', 405],
    ['GET', '/healthz', 404],
    ['GET', '/metrics', 404],
    ['GET', '/realms/master/protocol/openid-connect/auth', 404],
    ['GET', '/admin/realms/kura/users', 404],
    ['POST', '/api/v1/imports', 413, { 'content-length': ['214748364801'] }],
  ])('answers %s %s with %d', (method, path, status, headers = {}) => {
    expect(answer(method, path, headers)).toBe(status)
  })

  test('looks at every request by exactly one rule, and into the bodies of all but uploads', () => {
    const { rules } = policy().requestProtection
    const by = (method: string, path: string) =>
      rules
        .filter(({ condition }) => holds(condition, request(method, path)))
        .map((rule) => rule.isBodyInspectionEnabled)
    expect(by('POST', '/api/v1/imports')).toEqual([false])
    expect(by('POST', '/api/v1/items')).toEqual([false])
    expect(by('POST', '/oai')).toEqual([true])
    expect(by('POST', '/realms/kura/broker/saml/endpoint')).toEqual([true])
  })

  test('names actions that exist, and conditions that Oracle takes', () => {
    const { actions, requestAccessControl, requestProtection, requestRateLimiting } = policy()
    const names = actions.map(({ name }) => name)
    for (const { actionName } of [
      ...requestAccessControl.rules,
      ...requestProtection.rules,
      ...requestRateLimiting.rules,
    ])
      expect(names).toContain(actionName)
    for (const { condition } of [...requestAccessControl.rules, ...requestProtection.rules])
      expect(condition.length).toBeLessThanOrEqual(1024)
  })

  test('makes no exception without a reason, and none that is not listed', () => {
    for (const { reason } of [...EXCEPTIONS, ...LEFT_OUT]) expect(reason).toMatch(/^.{40,}\.$/)
    const listed = new Map(CAPABILITIES.map(({ key }) => [key, new Set<string>()]))
    for (const { args, capabilities } of EXCEPTIONS)
      for (const key of capabilities) {
        expect(listed.has(key), `${key} is in the set`).toBe(true)
        for (const argument of args) listed.get(key)?.add(argument)
      }
    for (const { key } of LEFT_OUT) expect(listed.has(key)).toBe(false)
    for (const { protectionCapabilities } of policy().requestProtection.rules) {
      expect(protectionCapabilities.map(({ key }) => key)).toEqual([...listed.keys()])
      for (const { key, exclusions } of protectionCapabilities)
        expect(exclusions?.args ?? []).toEqual([...(listed.get(key) ?? [])])
    }
  })
})
