import type { Mutations } from '../../mutant.ts'

const REDIS = 'kura-data-redis-deployment'

export default {
  'config-map-no-secret': (stack) =>
    stack.change('kura-data-pgpool-configuration', ({ data }) => {
      data['pgpool.conf'] += "\nsr_check_password = 'made up'\n"
    }),
  'env-no-plain-secret': (stack) =>
    stack.change(REDIS, ({ spec }) => {
      spec.template.spec.containers[0].env.push({ name: 'REDISCLI_PASSWORD', value: 'made up' })
    }),
  'secret-mounted-as-file': (stack) =>
    stack.change(REDIS, ({ spec }) => {
      const secretKeyRef = { name: 'kura-data-redis-users', key: 'users.acl' }
      spec.template.spec.containers[0].env.push({ name: 'USERS', valueFrom: { secretKeyRef } })
    }),
  'secret-no-lasting-token': (stack) =>
    stack.change('kura-data-redis-users', (secret) => {
      secret.type = 'kubernetes.io/service-account-token'
    }),
} satisfies Mutations
