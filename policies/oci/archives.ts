import type { sch } from '@pulumi/oci'
import type { Declared } from '../rule/index.ts'

/** Kinds of targets that keep what they are sent, or hand it on to whoever keeps it. */
const KEEPING = ['objectstorage', 'streaming', 'logginganalytics']

/** Whether a connector is on, and sends where things are kept: who is told by a notification keeps nothing. */
export function archives({ props: { state = 'ACTIVE', target } }: Declared<typeof sch.Connector>): boolean {
  return state.toUpperCase() === 'ACTIVE' && KEEPING.includes(target.kind.toLowerCase())
}
