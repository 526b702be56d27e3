import { made, nodePool, pods } from './declaration.ts'

/** pgpool-II and PostgreSQL, made up: as much of them as the plan of connections reads. */
export function databases({ children = 65, pods: replicas = 2, max = '200', memory = '4Gi' }) {
  return [
    nodePool('pgpool', 2),
    pods('pgpool', { pool: 'pgpool', replicas }),
    made('kubernetes:core/v1:ConfigMap', 'pgpool-configuration', {
      metadata: { name: 'pgpool', namespace: 'apps' },
      data: { 'pgpool.conf': `num_init_children = ${children}\nreserved_connections = 1\n` },
    }),
    made('kubernetes:acid.zalan.do/v1:postgresql', 'postgresql', {
      metadata: { name: 'postgresql', namespace: 'apps' },
      spec: {
        postgresql: { parameters: { max_connections: max, shared_buffers: '1GB' } },
        resources: { limits: { memory } },
      },
    }),
  ]
}
