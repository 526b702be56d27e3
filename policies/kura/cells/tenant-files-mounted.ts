import { apps, batch } from '@pulumi/kubernetes'
import { podsOf } from '../../kubernetes/pods.ts'
import { stackRule } from '../../rule/index.ts'
import { cellsOf, within } from '../cells.ts'

export default stackRule(
  {
    name: 'tenant-files-mounted',
    description:
      'The pods of a cell find the file and the password of each of its institutions where they look for them.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura tenant-cell'],
  },
  [apps.v1.Deployment, batch.v1.CronJob],
  (stack, tell) => {
    for (const { namespace, tenants } of cellsOf(stack))
      for (const workload of within(stack, [apps.v1.Deployment, batch.v1.CronJob], namespace)) {
        const pods = podsOf(workload.resource)
        for (const [index, { projected }] of (pods?.spec.volumes ?? []).entries()) {
          const items = (projected?.sources ?? []).flatMap(({ configMap, secret }) => [
            ...(configMap?.items ?? []),
            ...(secret?.items ?? []),
          ])
          const paths = new Set(items.map(({ path }) => path))
          // Only the application reads institutions' files.
          if (!paths.has('kura.json')) continue
          for (const { id } of tenants)
            for (const [key, path] of [
              [`tenant.${id}.json`, `tenants/${id}.json`],
              [`tenant.${id}`, `secrets/tenants/${id}`],
            ] as const)
              if (!items.some((item) => item.key === key && item.path === path))
                tell(workload, {
                  at: `${pods?.at}.volumes[${index}].projected`,
                  holds: `no ${path}`,
                  write: `{"key": "${key}", "path": "${path}"} among its items`,
                })
        }
      }
  },
)
