import type { Mutations } from '../../mutant.ts'

export default {
  'budget-near-cost': (stack) =>
    stack.change('kura-tenancy-costs-budget', (budget) => {
      budget.amount = 30_000
    }),
  'cost-within-budget': (stack) =>
    stack.change('kura-tenancy-costs-budget', (budget) => {
      budget.amount = 13_000
    }),
  'oracle-limits-kept': (stack) =>
    stack.change('kura-cluster-web', ({ nodeConfigDetails }) => {
      nodeConfigDetails.nodePoolPodNetworkOptionDetails.maxPodsPerNode = 111
    }),
  'pgpool-connections-suffice': (stack) =>
    stack.change('kura-data-pgpool-configuration', ({ data }) => {
      data['pgpool.conf'] = data['pgpool.conf'].replace('num_init_children = 2500', 'num_init_children = 50')
    }),
  'pod-addresses-suffice': (stack) =>
    stack.change('kura-network-pods', (subnet) => {
      subnet.cidrBlock = '10.0.32.0/21'
    }),
  'pods-fit-pool': (stack) =>
    stack.change('kura-identity-keycloak-deployment', ({ spec }) => {
      spec.template.spec.containers[0].resources.requests.cpu = '16'
    }),
  'pods-on-their-pool': (stack) =>
    stack.change('kura-data-postgresql-cluster', ({ spec }) => {
      delete spec.tolerations
    }),
  'postgresql-connections-suffice': (stack) =>
    stack.change('kura-data-postgresql-cluster', ({ spec }) => {
      spec.postgresql.parameters.max_connections = '100'
    }),
  'priority-classes-ordered': (stack) =>
    stack.change('kura-operators-priority-cell', (priority) => {
      priority.value = 900_000
    }),
  'priority-fits-role': (stack) =>
    stack.change('kura-identity-keycloak-deployment', ({ spec }) => {
      spec.template.spec.priorityClassName = 'kura-cell'
    }),
  'search-fits': (stack) =>
    stack.change('kura-data-elasticsearch-nodes-configuration', ({ data }) => {
      data['kura.options'] = data['kura.options'].replace(/-Xmx\d+m/, '-Xmx32768m')
    }),
} satisfies Mutations
