import { apps, core } from '@pulumi/kubernetes'
import { object } from '../../../test/support/object.ts'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './recorded-metric-emitted.ts'

const state = (list: string) =>
  object(apps.v1.Deployment, 'operations/state', {
    template: { spec: { containers: [{ args: ['--port=8080', `--metric-allowlist=${list}`] }] } },
  })
const rules = (expr: string) =>
  declared(core.v1.ConfigMap, 'rules', {
    data: { 'rules.yml': JSON.stringify({ groups: [{ rules: [{ record: 'jobs', expr }] }] }) },
  })
const told = (metric: string) =>
  `rules: the rule for jobs holds ${metric}; write a metric of the --metric-allowlist of kube-state-metrics, or add it there.`

cases(rule, {
  passes: {
    'metrics that are emitted': [state('kube_a,kube_b'), rules('max by (kube) (kube_a{x="y"} / kube_b)')],
    'metrics of others': [state('kube_a'), rules('sum(node_memory) + sum(kubelet_volume_stats_used_bytes)')],
  },
  breaks: {
    'a metric that is not': [[state('kube_a'), rules('kube_a unless kube_b == 1 or kube_b')], told('kube_b')],
    'a metric that begins alike': [[state('kube_a_total'), rules('kube_a')], told('kube_a')],
    'no emitter': [rules('kube_a'), told('kube_a')],
  },
})
