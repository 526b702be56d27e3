import { monitoring } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './alarm-tells.ts'

const alarm = (...destinations: string[]) => declared(monitoring.Alarm, 'down', { destinations })

cases(rule, {
  passes: {
    'a topic': alarm('ocid1.onstopic.oc1..example'),
    'a topic that is made in the same deployment': alarm(UNKNOWN),
  },
  breaks: { nobody: [alarm(), 'down: destinations is not set; write the OCID of a topic.'] },
})
