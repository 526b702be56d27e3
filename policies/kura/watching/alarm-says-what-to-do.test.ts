import { monitoring } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './alarm-says-what-to-do.ts'

const good = 'Run it by hand. See docs/watching.md#alarms-jobs'
const alarm = (
  body: string | undefined,
  notificationTitle = 'A job is overdue',
  ...overrides: (string | undefined)[]
) =>
  declared(monitoring.Alarm, 'alarm', {
    body,
    notificationTitle,
    overrides: overrides.map((text) => ({ body: text })),
  })
const write = 'write what to do, and "See docs/watching.md#<heading>".'

cases(rule, {
  passes: { 'an alarm that says it': alarm(good, 'A job is overdue', good) },
  breaks: {
    'a text without a guide': [alarm('Run it.'), `alarm: body is "Run it."; ${write}`],
    'no text': [alarm(undefined), `alarm: body is not set; ${write}`],
    'a level without a text': [
      alarm(good, 'A job is overdue', good, undefined),
      `alarm: overrides[1].body is not set; ${write}`,
    ],
    'no title': [alarm(good, ''), 'alarm: notificationTitle is not set; write what has happened.'],
    'a text that nobody knows yet': [alarm(UNKNOWN), /^Could not be judged: alarm: body/],
  },
})

cases(rule, {
  config: { guide: 'RUNBOOK' },
  passes: { 'the guide that is asked for': alarm('See the RUNBOOK') },
  breaks: { 'another guide': [alarm(good), /^alarm: body is/] },
})
