import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './env-names-distinct.ts'

const env = (...names: string[]) => ({ name: 'app', env: names.map((name) => ({ name, value: UNKNOWN })) })

cases(rule, {
  passes: {
    'a container without variables': container({}),
    'different names, whatever their values': container(env('ONE', 'TWO')),
    'names that differ by a capital': container(env('ONE', 'One')),
    'containers that have one of a name each': deployment({ containers: [env('ONE'), env('ONE')] }),
  },
  breaks: {
    'a name twice': [
      container(env('ONE', 'TWO', 'ONE')),
      'web: spec.template.spec.containers[0].env[2].name is "ONE"; write it once.',
    ],
    'a name three times': [container(env('ONE', 'ONE', 'ONE')), /env\[1\]/, /env\[2\]/],
    'an init container': [deployment({ initContainers: [env('ONE', 'ONE')] }), /initContainers\[0\]/],
    'an ephemeral container': [deployment({ ephemeralContainers: [env('ONE', 'ONE')] }), /ephemeralContainers\[0\]/],
    'a name that nobody knows yet': [container(env(UNKNOWN)), /^Could not be judged: web/],
  },
})
