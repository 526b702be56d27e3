import type { Mutations } from '../../mutant.ts'

export default {
  'cell-complete': (stack) =>
    stack.change('kura-cell-nishi-worker', ({ spec }) => {
      spec.template.spec.containers[0].args = ['idle']
    }),
  'cell-drains': (stack) =>
    stack.change('kura-cell-nishi-web', ({ spec }) => {
      spec.template.spec.terminationGracePeriodSeconds = 54
    }),
  'cell-files-own': (stack) =>
    stack.change('kura-cell-nishi-files-volume', (_, { propertyDependencies }) => {
      propertyDependencies.spec = (propertyDependencies.spec ?? []).map((urn) =>
        urn.replace('kura-files-export-cell-nishi', 'kura-files-export-cell-higashi'),
      )
    }),
  'cell-fits-quota': (stack) =>
    stack.change('kura-cell-nishi-quota', ({ spec }) => {
      spec.hard.pods = '6'
    }),
  'cell-has-quota': (stack) =>
    stack.change('kura-cell-nishi-quota', ({ spec }) => {
      delete spec.hard['services.nodeports']
    }),
  'cell-leaves-lost-node': (stack) =>
    stack.change('kura-cell-nishi-web', ({ spec }) => {
      spec.template.spec.tolerations[0].tolerationSeconds = 300
    }),
  'cell-one-release': (stack) =>
    stack.change('kura-cell-nishi-worker', ({ spec }) => {
      const [worker] = spec.template.spec.containers
      worker.image = worker.image.replace(/:.*/, ':0.2.0')
    }),
  'cell-restricted': (stack) =>
    stack.change('kura-cell-nishi-namespace', ({ metadata }) => {
      metadata.labels['pod-security.kubernetes.io/enforce'] = 'baseline'
    }),
  'cell-traffic-named': (stack) =>
    stack.change('kura-cell-nishi-allow-services', ({ spec }) => {
      spec.ingress[0].from[0].namespaceSelector.matchLabels['kubernetes.io/metadata.name'] = 'kura-cell-higashi'
    }),
  'cell-without-rights': (stack) =>
    stack.change('kura-metrics-state-role-binding', ({ subjects }) => {
      subjects.push({ kind: 'ServiceAccount', name: 'web', namespace: 'kura-cell-nishi' })
    }),
  'tenant-backed-up': (stack) =>
    stack.change('kura-backups-lists', ({ data }) => {
      data.databases = data.databases.replace('yukimi kura_yukimi\n', '')
    }),
  'tenant-files-mounted': (stack) =>
    stack.change('kura-cell-nishi-worker', ({ spec }) => {
      spec.template.spec.volumes[0].projected.sources[1].secret.items.pop()
    }),
  'tenant-host-own': (stack) =>
    stack.change('kura-cell-nishi-configuration', ({ data }) => {
      const [yukimi, hoshizora] = ['yukimi', 'hoshizora'].map((id) => JSON.parse(data[`tenant.${id}.json`]))
      yukimi.hosts.push(hoshizora.hosts[0])
      data['tenant.yukimi.json'] = JSON.stringify(yukimi)
    }),
  'tenant-host-routed': (stack) =>
    stack.change('kura-cell-nishi-route-1', ({ spec }) => {
      spec.hostnames.pop()
    }),
  'tenant-in-one-cell': (stack) =>
    stack.change('kura-cell-nishi-configuration', ({ data }) => {
      data['tenant.yukimi.json'] = data['tenant.yukimi.json'].replace('"cell": "nishi"', '"cell": "higashi"')
    }),
  'tenant-password-in-its-cell': (stack) =>
    stack.change('kura-cell-higashi-secrets', (_, { propertyDependencies }) => {
      propertyDependencies.stringData = (propertyDependencies.stringData ?? []).flatMap((urn) =>
        urn.endsWith('kura-passwords-suzukake') ? [urn, urn.replace('suzukake', 'yukimi')] : [urn],
      )
    }),
} satisfies Mutations
