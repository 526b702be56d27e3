import { helm } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './chart-version-exact.ts'

const chart = (version?: string) => declared(helm.v3.Release, 'operator', { chart: 'operator', version })

cases(rule, {
  passes: {
    'a chart of three numbers': chart('2.0.1'),
    'one that says v': chart('v1.9.2'),
    'what is no chart': declared('kubernetes:core/v1:Secret', 'secret', { version: '2' }),
  },
  breaks: {
    'no version': [chart(), 'operator: version is not set; write an exact one, such as "2.0.1".'],
    'a minor version': [chart('2.0'), 'operator: version is "2.0"; write an exact one, such as "2.0.1".'],
    'a range': [chart('^2.0'), 'operator: version is "^2.0"; write an exact one, such as "2.0.1".'],
    'one that nobody knows yet': [
      chart(UNKNOWN),
      'Could not be judged: operator: version is not known before the deployment.',
    ],
  },
})
