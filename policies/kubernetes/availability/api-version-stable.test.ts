import { autoscaling, extensions, policy } from '@pulumi/kubernetes'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './api-version-stable.ts'

const told = (is: string, group: string) =>
  `site: apiVersion is "${is}"; write a stable version of ${group}, such as ${group}/v1.`

cases(rule, {
  passes: {
    'a stable version': declared(policy.v1.PodDisruptionBudget, 'site'),
    "an operator's version": declared('kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster', 'site'),
    "another operator's version": declared('kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy', 'site'),
    'a route, which comes by itself': declared('kubernetes:gateway.networking.k8s.io/v1alpha2:TCPRoute', 'site'),
    "another cloud's resource": declared('oci:Core/vcn:Vcn', 'site'),
  },
  breaks: {
    'a version that is gone': [declared(extensions.v1beta1.Ingress, 'site'), told('extensions/v1beta1', 'extensions')],
    'a second version that is gone': [
      declared(autoscaling.v2beta2.HorizontalPodAutoscaler, 'site'),
      told('autoscaling/v2beta2', 'autoscaling'),
    ],
    'a version of rights': [
      declared('kubernetes:rbac.authorization.k8s.io/v1beta1:Role', 'site'),
      told('rbac.authorization.k8s.io/v1beta1', 'rbac.authorization.k8s.io'),
    ],
    'the first version of something new': [
      declared('kubernetes:resource.k8s.io/v1alpha3:DeviceClass', 'site'),
      told('resource.k8s.io/v1alpha3', 'resource.k8s.io'),
    ],
  },
})
