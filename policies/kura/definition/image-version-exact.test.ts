import { apps } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './image-version-exact.ts'

const pods = (spec: object) => declared(apps.v1.Deployment, 'web', { spec: { template: { spec } } })
const web = (image: string) => pods({ containers: [{ image }] })
const cluster = (dockerImage: string) =>
  declared('kubernetes:acid.zalan.do/v1:postgresql', 'database', { spec: { dockerImage } })

cases(rule, {
  passes: {
    'an exact version': web('r.example/nginx:1.29.3'),
    'a digest without a version': web('r.example/nginx@sha256:0123'),
    'a floating version with a digest': web('r.example/nginx:1.29@sha256:0123'),
    'a custom resource': cluster('r.example/spilo-18:4.1-p2'),
    'what is known of one whose other values are not': pods({
      containers: [{ image: 'r.example/a:1.0.0', name: UNKNOWN }],
    }),
  },
  breaks: {
    'no version': [
      web('r.example/nginx'),
      'web: spec.template.spec.containers[0].image holds the version "latest", unsaid; write an exact one, or a digest.',
    ],
    latest: [web('r.example/nginx:latest'), /holds the version latest/],
    'a minor version': [web('r.example/nginx:1.29'), /holds the version 1\.29;/],
    'a digest that is none': [web('r.example/nginx@md5:0123'), /unsaid/],
    'an init container': [pods({ initContainers: [{ image: 'r.example/a:2' }] }), /initContainers\[0\]\.image/],
    'an ephemeral container': [pods({ ephemeralContainers: [{ image: 'r.example/a:2' }] }), /ephemeralContainers/],
    'a custom resource with a floating version': [cluster('r.example/spilo-18:4.1'), /^database: spec\.dockerImage/],
    'an image that nobody knows yet': [web(UNKNOWN), /^Could not be judged: web: /],
  },
})
