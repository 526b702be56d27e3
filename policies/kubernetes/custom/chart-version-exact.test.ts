import { helm } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './chart-version-exact.ts'

const release = (version?: string, chart = 'site') => declared(helm.v3.Release, 'release', { chart, version })
const told = (is: string) => `release: version is ${is}; write the version, such as "1.2.3".`

cases(rule, {
  passes: {
    'a version': release('1.2.3'),
    'a version of an image registry': release('v1.2.3', 'oci://registry.example/charts/site'),
    'a version before the first': release('0.1.0-rc.1'),
    'a version with its build': release('1.2.3+20260401'),
    'a chart beside the program': release(undefined, './charts/site'),
  },
  breaks: {
    'no version': [release(), told('not set')],
    'a range': [release('^1.2.3'), told('"^1.2.3"')],
    'a range by a letter': [release('1.2.x'), told('"1.2.x"')],
    'a version of two numbers': [release('1.2'), told('"1.2"')],
    'a range from one to another': [release('>=1.0.0 <2.0.0'), told('">=1.0.0 <2.0.0"')],
    'a version that nobody knows yet': [
      release(UNKNOWN),
      'Could not be judged: release: version is not known before the deployment.',
    ],
  },
})
