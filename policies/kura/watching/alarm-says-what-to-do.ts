import { monitoring } from '@pulumi/oci'
import { resourceRule, setting } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'alarm-says-what-to-do',
    description: 'Whoever an alarm wakes is told what has happened, what to do, and where to read on.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura alarm-topic'],
    settings: {
      guide: setting('docs/[a-z-]+\\.md#[a-z-]+$', {
        type: 'string',
        description: 'What the text of an alarm ends with: a heading of the operating guide.',
      }),
    },
  },
  monitoring.Alarm,
  ({ body, notificationTitle, overrides = [] }, tell, { settings }) => {
    const guide = new RegExp(settings.guide)
    if (!notificationTitle) tell({ at: 'notificationTitle', is: notificationTitle, write: 'what has happened' })
    const bodies: [string, string | undefined][] = [
      ['body', body],
      ...overrides.map((override, index): [string, string | undefined] => [`overrides[${index}].body`, override.body]),
    ]
    for (const [at, text] of bodies)
      if (!guide.test(text ?? '')) tell({ at, is: text, write: 'what to do, and "See docs/watching.md#<heading>"' })
  },
)
