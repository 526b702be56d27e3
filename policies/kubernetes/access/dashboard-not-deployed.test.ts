import { apps, helm } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './dashboard-not-deployed.ts'

const deployment = (image?: string) =>
  declared(apps.v1.Deployment, 'ui', { spec: { template: { spec: { containers: [{ name: 'ui', image }] } } } })
const release = (chart: string) => declared(helm.v3.Release, 'ui', { chart })
const told = (image: string) =>
  `ui: spec.template.spec.containers[0].image is "${image}"; write a client on the operator's own machine instead.`

cases(rule, {
  passes: {
    'another image': deployment('registry.example/grafana:12.0.0'),
    'another chart': release('oci://registry.example/charts/grafana'),
    'a container without an image': deployment(),
  },
  breaks: {
    'its image': [deployment('kubernetesui/dashboard:v2.7.0'), told('kubernetesui/dashboard:v2.7.0')],
    'its image from a mirror': [
      deployment('registry.example/mirror/kubernetesui/dashboard-web:1.7.0'),
      told('registry.example/mirror/kubernetesui/dashboard-web:1.7.0'),
    ],
    'its old image': [
      deployment('k8s.gcr.io/kubernetes-dashboard-amd64:v1.10.1'),
      told('k8s.gcr.io/kubernetes-dashboard-amd64:v1.10.1'),
    ],
    'its chart': [
      release('kubernetes-dashboard'),
      'ui: chart is "kubernetes-dashboard"; write a client on the operator\'s own machine instead.',
    ],
    'its chart from a registry': [release('oci://registry.example/charts/kubernetes-dashboard'), /^ui: chart is "oci:/],
    'an image that nobody knows yet': [
      deployment(UNKNOWN),
      'Could not be judged: ui: spec.template.spec.containers.0.image is not known before the deployment.',
    ],
  },
})
