import { apps, batch, core } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './labels-valid.ts'

const map = (labels: unknown) => declared(core.v1.ConfigMap, 'settings', { metadata: { labels } })
const value = (is: string, at = 'settings: metadata.labels["app"]') =>
  `${at} is ${is}; write at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends.`
const key = (is: string) => `settings: metadata.labels is "${is}"; write a key such as "app" or "example.org/app".`
const long = (length: number) => 'a'.repeat(length)

cases(rule, {
  passes: {
    'no labels': declared(core.v1.ConfigMap, 'settings'),
    'every sign that a value may have': map({ app: 'Site-1_a.b' }),
    'an empty value': map({ app: '' }),
    'the longest value': map({ app: long(63) }),
    'a key with a prefix': map({ 'app.kubernetes.io/name': 'site' }),
    'the longest key': map({ [long(63)]: 'site' }),
    'labels of what is not in Kubernetes': declared('oci:Core/vcn:Vcn', 'net', { metadata: { labels: { app: '!' } } }),
  },
  breaks: {
    'a sign that it may not have': [map({ app: 'site!' }), value('"site!"')],
    'a hyphen at its end': [map({ app: 'site-' }), value('"site-"')],
    'a value too long by one': [map({ app: long(64) }), value(`"${long(64)}"`)],
    'a number': [map({ app: 1 }), value('1')],
    'two prefixes': [map({ 'a/b/c': 'site' }), key('a/b/c')],
    'a prefix with capitals': [map({ 'Example.org/app': 'site' }), key('Example.org/app')],
    'an empty name': [map({ 'example.org/': 'site' }), key('example.org/')],
    'a key too long by one': [map({ [long(64)]: 'site' }), key(long(64))],
    "a template's value": [
      declared(apps.v1.Deployment, 'site', { spec: { template: { metadata: { labels: { app: 'a b' } } } } }),
      value('"a b"', 'site: spec.template.metadata.labels["app"]'),
    ],
    "a schedule's value": [
      declared(batch.v1.CronJob, 'nightly', {
        spec: { jobTemplate: { spec: { template: { metadata: { labels: { app: 'a b' } } } } } },
      }),
      value('"a b"', 'nightly: spec.jobTemplate.spec.template.metadata.labels["app"]'),
    ],
    'a value that nobody knows yet': [
      map({ app: UNKNOWN }),
      'Could not be judged: settings: metadata.labels.app is not known before the deployment.',
    ],
  },
})
