import { containerengine } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cluster-without-dashboard.ts'

const cluster = (addOns?: unknown) => declared(containerengine.Cluster, 'oke', { options: { addOns } })
const addon = (addonName: string) => declared(containerengine.Addon, 'addon', { addonName })

cases(rule, {
  passes: {
    'a cluster that says nothing': declared(containerengine.Cluster, 'oke'),
    'a cluster without both': cluster({ isKubernetesDashboardEnabled: false, isTillerEnabled: false }),
    'another add-on': addon('CertManager'),
  },
  breaks: {
    'a cluster with both': [
      cluster({ isKubernetesDashboardEnabled: true, isTillerEnabled: true }),
      'oke: options.addOns.isKubernetesDashboardEnabled is true; write false.',
      'oke: options.addOns.isTillerEnabled is true; write false.',
    ],
    'the dashboard as an add-on': [
      addon('KubernetesDashboard'),
      'addon: addonName is "KubernetesDashboard"; write no Addon of this name.',
    ],
    'a value that nobody knows yet': [
      cluster({ isKubernetesDashboardEnabled: UNKNOWN }),
      'Could not be judged: oke: options.addOns.isKubernetesDashboardEnabled is not known before the deployment.',
    ],
  },
})
