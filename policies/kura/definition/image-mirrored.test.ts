import { apps, helm } from '@pulumi/kubernetes'
import { artifacts } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './image-mirrored.ts'

const repository = declared(artifacts.ContainerRepository, 'mirror', { displayName: 'kura/mirror/nginx' })
const web = (image: string) =>
  declared(apps.v1.Deployment, 'web', { spec: { template: { spec: { containers: [{ image }] } } } })
const chart = (values: object) => declared(helm.v3.Release, 'operator', { values })

cases(rule, {
  passes: {
    'an image of a declared repository': [repository, web('nrt.ocir.io/example/kura/mirror/nginx:1.29.3')],
    'one in a chart': [
      repository,
      chart({ image: { registry: 'nrt.ocir.io/example', repository: 'kura/mirror/nginx', tag: '1.29.3' } }),
    ],
  },
  breaks: {
    'an image of somebody else': [
      [repository, web('docker.io/library/nginx:1.29.3')],
      'web: spec.template.spec.containers[0].image is "docker.io/library/nginx"; write a repository of the registry (infra/images.ts mirrors it).',
    ],
    'a name without a registry': [[repository, web('kura/mirror/nginx:1.29.3')], /is "kura\/mirror\/nginx"/],
    'a repository that is not declared': [
      [repository, web('nrt.ocir.io/example/kura/mirror/redis:7.2.16')],
      /mirror\/redis"; write a repository/,
    ],
    'the name of a repository at the end of another': [
      [repository, web('nrt.ocir.io/example/notkura/mirror/nginx:1.29.3')],
      /notkura/,
    ],
    'a chart with the images of its makers': [
      [repository, chart({ replicas: 2 })],
      'operator has no image among its values, so it takes its makers’; write the mirrored one.',
    ],
    'an image that nobody knows yet': [[repository, web(UNKNOWN)], /^Could not be judged: /],
  },
})
