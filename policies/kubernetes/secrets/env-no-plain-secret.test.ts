import { cases, secret, UNKNOWN } from '../../../test/support/rule.ts'
import { container, cronJob, deployment } from '../../../test/support/workloads.ts'
import rule from './env-no-plain-secret.ts'

const env = (name: string, given: unknown) => ({
  name: 'app',
  env: [{ name, ...(given !== null && typeof given === 'object' && 'valueFrom' in given ? given : { value: given }) }],
})

cases(rule, {
  passes: {
    'a container without variables': container({}),
    'a variable that is no secret': container(env('LANG', 'C.UTF-8')),
    'the file of a secret': container(env('PASSWORD_FILE', '/etc/shop/password')),
    'a path under the name of a secret': container(env('CREDENTIALS', '/etc/shop/credentials')),
    'no value': container(env('PASSWORD', '')),
    'a switch': container(env('ALLOW_EMPTY_PASSWORD', 'yes')),
    'another variable': container(env('PASSWORD', '$(OTHER)')),
    'the field of a Secret': container(
      env('PASSWORD', { valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }),
    ),
  },
  breaks: {
    'a password': [
      container(env('DB_PASSWORD', secret('hunter2'))),
      'web: spec.template.spec.containers[0].env[0].value holds the value of DB_PASSWORD; write it into a Secret, mounted as a file.',
    ],
    'a password in an address': [
      container(env('DATABASE_URL', secret('postgres://shop:hunter2@db/shop'))),
      'web: spec.template.spec.containers[0].env[0].value holds a password in an address; write it into a Secret, mounted as a file.',
    ],
    'a key': [cronJob({ containers: [env('PEM', '-----BEGIN PRIVATE KEY-----')] }), /^nightly: .*holds a private key/],
    'an init container': [deployment({ initContainers: [env('API_KEY', 'x')] }), /initContainers\[0\]/],
    'an ephemeral container': [deployment({ ephemeralContainers: [env('TOKEN', 'x')] }), /ephemeralContainers\[0\]/],
    'a value that nobody knows yet': [
      container(env('URL', UNKNOWN)),
      /^Could not be judged: web: .*value is not known/,
    ],
  },
})
