import alarmEnabled from './alarm-enabled.ts'
import alarmHeardWhenSilent from './alarm-heard-when-silent.ts'
import alarmMetricEmitted from './alarm-metric-emitted.ts'
import alarmSaysWhatToDo from './alarm-says-what-to-do.ts'
import alarmServiceDeclared from './alarm-service-declared.ts'
import alarmTold from './alarm-told.ts'
import archiveRetained from './archive-retained.ts'
import doorAskedFromOutside from './door-asked-from-outside.ts'
import doorLogged from './door-logged.ts'
import eventRuleTold from './event-rule-told.ts'
import logArchived from './log-archived.ts'
import logOn from './log-on.ts'
import pushedMetricAlarmed from './pushed-metric-alarmed.ts'
import pushedMetricRecorded from './pushed-metric-recorded.ts'
import recordedMetricEmitted from './recorded-metric-emitted.ts'
import serviceAlarmed from './service-alarmed.ts'
import topicSubscribed from './topic-subscribed.ts'

export default [
  alarmEnabled,
  alarmHeardWhenSilent,
  alarmMetricEmitted,
  alarmSaysWhatToDo,
  alarmServiceDeclared,
  alarmTold,
  archiveRetained,
  doorAskedFromOutside,
  doorLogged,
  eventRuleTold,
  logArchived,
  logOn,
  pushedMetricAlarmed,
  pushedMetricRecorded,
  recordedMetricEmitted,
  serviceAlarmed,
  topicSubscribed,
]
