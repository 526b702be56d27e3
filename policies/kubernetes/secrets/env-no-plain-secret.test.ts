import { cases, declared, secret, UNKNOWN } from '../../../test/support/rule.ts'
import { container, cronJob, deployment } from '../../../test/support/workloads.ts'
import { ENVOY_PROXY, POSTGRESQL, RABBITMQ } from '../operators.ts'
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
    'the name of a Secret': container(env('WEBHOOK_CERT_SECRET', 'webhook-cert')),
    'the file of a secret as an argument': container({ args: ['--password-file=/etc/shop/password', '--lang=ja'] }),
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
    'a password as an argument': [
      container({ args: ['serve', secret('--password=hunter2')] }),
      'web: spec.template.spec.containers[0].args[1] holds the value of password; write it into a Secret, mounted as a file.',
    ],
    'a password in the address of a command': [
      container({ command: ['curl', secret('https://me:hunter2@shop.example')] }),
      /command\[1\] holds a password in an address/,
    ],
    "a variable of Zalando's databases": [
      declared(POSTGRESQL, 'database', { spec: { env: [{ name: 'DBPASS', value: secret('hunter2') }] } }),
      'database: spec.env[0].value holds the value of DBPASS; write it into a Secret, mounted as a file.',
    ],
    "containers beside an operator's": [
      [
        declared(POSTGRESQL, 'database', {
          spec: { sidecars: [env('TOKEN', 'x')], initContainers: [env('TOKEN', 'x')] },
        }),
        declared(RABBITMQ, 'queue', {
          spec: { override: { statefulSet: { spec: { template: { spec: { containers: [env('TOKEN', 'x')] } } } } } },
        }),
        declared(ENVOY_PROXY, 'proxy', {
          spec: { provider: { kubernetes: { envoyDeployment: { container: env('TOKEN', 'x') } } } },
        }),
      ],
      /^database: spec.sidecars\[0\].env\[0\].value holds/,
      /^database: spec.initContainers\[0\].env/,
      /^queue: .*containers\[0\].env/,
      /^proxy: .*container.env\[0\]/,
    ],
    'an init container': [deployment({ initContainers: [env('API_KEY', 'x')] }), /initContainers\[0\]/],
    'an ephemeral container': [deployment({ ephemeralContainers: [env('TOKEN', 'x')] }), /ephemeralContainers\[0\]/],
    'a value that nobody knows yet': [
      container(env('URL', UNKNOWN)),
      /^Could not be judged: web: .*value is not known/,
    ],
  },
})
