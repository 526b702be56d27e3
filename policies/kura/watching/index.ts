import alarmHeardWhenSilent from './alarm-heard-when-silent.ts'
import alarmMetricEmitted from './alarm-metric-emitted.ts'
import alarmNotSilenced from './alarm-not-silenced.ts'
import alarmSaysWhatToDo from './alarm-says-what-to-do.ts'
import alarmServiceDeclared from './alarm-service-declared.ts'
import alarmTold from './alarm-told.ts'
import archiveRetained from './archive-retained.ts'
import doorAskedFromOutside from './door-asked-from-outside.ts'
import eventRuleTold from './event-rule-told.ts'
import everyLogArchived from './every-log-archived.ts'
import logKept from './log-kept.ts'
import pushedMetricAlarmed from './pushed-metric-alarmed.ts'
import pushedMetricRecorded from './pushed-metric-recorded.ts'
import recordedMetricEmitted from './recorded-metric-emitted.ts'
import serviceAlarmed from './service-alarmed.ts'

export default [
  alarmNotSilenced,
  alarmHeardWhenSilent,
  alarmMetricEmitted,
  alarmSaysWhatToDo,
  alarmServiceDeclared,
  alarmTold,
  archiveRetained,
  doorAskedFromOutside,
  eventRuleTold,
  everyLogArchived,
  logKept,
  pushedMetricAlarmed,
  pushedMetricRecorded,
  recordedMetricEmitted,
  serviceAlarmed,
]
