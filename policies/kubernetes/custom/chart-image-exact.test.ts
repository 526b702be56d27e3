import { helm } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './chart-image-exact.ts'

const release = (values?: unknown) => declared(helm.v3.Release, 'release', { chart: 'site', values })
const told = (at: string, is: string) => `release: values.${at} is "${is}"; write the tag of a version, or a digest.`

cases(rule, {
  passes: {
    'no values': release(),
    'a version': release({ image: 'registry.example:5000/site:1.2.3' }),
    'a version in parts': release({ image: { repository: 'registry.example/site', tag: '1.2.3' } }),
    "the chart's own version": release({ image: { repository: 'registry.example/site' }, sidecar: { image: '' } }),
    'a digest beside a tag that moves': release({ image: { repository: 'site', tag: 'latest', digest: 'sha256:aa' } }),
    'values that nobody knows yet, and which are none of an image': release({
      host: UNKNOWN,
      image: { repository: UNKNOWN, tag: '1.2.3' },
      labels: { tag: UNKNOWN },
    }),
    'a digest that nobody knows yet': release({ image: { repository: 'site', tag: 'latest', digest: UNKNOWN } }),
    'a tag that is no image': release({ labels: { tag: 'latest' } }),
  },
  breaks: {
    'the latest': [release({ image: 'site:latest' }), told('image', 'site:latest')],
    'no tag, deep inside': [
      release({ jobs: [{ initImage: 'registry.example:5000/setup' }] }),
      told('jobs[0].initImage', 'registry.example:5000/setup'),
    ],
    'the latest in parts': [
      release({ controller: { image: { repository: 'site', tag: 'latest' } } }),
      told('controller.image.tag', 'latest'),
    ],
    'a tag that nobody knows yet': [
      release({ image: { repository: 'site', tag: UNKNOWN } }),
      'Could not be judged: release: values.image.tag is not known before the deployment.',
    ],
  },
})
