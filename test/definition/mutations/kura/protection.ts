import type { Mutant, Mutations } from '../../mutant.ts'

/** Copies a resource to another part. */
function below(stack: Mutant, part: string, name: string, as: string): void {
  const parent = stack.resources.find((resource) => resource.name === part)
  stack.copy(name, as, (_inputs, resource) => {
    resource.parent = parent?.urn ?? ''
  })
}

export default {
  'backup-checked': (stack) => stack.remove('kura-backups-snapshots-check'),
  'backup-ends': (stack) =>
    stack.change('kura-backups-physical', ({ spec }) => {
      const [container] = spec.jobTemplate.spec.template.spec.containers
      container.env = container.env.filter(({ name }: { name: string }) => name !== 'KEEP')
    }),
  'backup-of-each-kind': {
    by: (stack) => stack.remove('kura-backups-offsite'),
    also: ['kubernetes/network-policy-selects-pods'],
  },
  'data-protected': (stack) =>
    stack.change('kura-storage-contents', (_inputs, resource) => {
      resource.protect = false
    }),
  'irreplaceable-key-protected': (stack) =>
    stack.change('kura-identity-handle-key', (_inputs, resource) => {
      resource.protect = false
    }),
  'job-watched': (stack) =>
    stack.change('kura-metrics-prometheus-configuration', ({ data }) => {
      data['rules.yml'] = data['rules.yml'].replace(
        'kube_cronjob_status_last_successful_time or',
        'kube_cronjob_status_last_successful_time{namespace="kura-backups"} or',
      )
    }),
  'key-numbered': (stack) => below(stack, 'kura-data-redis', 'kura-identity-handle-key', 'kura-data-redis-key'),
  'namespace-of-data-protected': (stack) =>
    stack.change('kura-data-namespace', (_inputs, resource) => {
      resource.protect = false
    }),
  'password-has-generation': (stack) =>
    stack.change('kura-data-redis-password', (password) => {
      delete password.keepers
    }),
  'secret-has-rotator': (stack) => below(stack, 'kura-prod', 'kura-data-redis-password', 'kura-mail-password'),
  'volumes-of-workload-protected': (stack) =>
    stack.change('kura-data-elasticsearch-nodes-set', (_inputs, resource) => {
      resource.protect = false
    }),
  'wal-archived': (stack) =>
    stack.change('kura-data-postgresql-cluster', ({ spec }) => {
      for (const variable of spec.env) if (variable.name === 'USE_WALG_BACKUP') variable.value = 'false'
    }),
} satisfies Mutations
