import { batch } from '@pulumi/kubernetes'
import type { Declared, Stack } from '../rule/index.ts'

type CronJob = Declared<typeof batch.v1.CronJob>

/** A job that is run by the clock. */
export interface ScheduledJob {
  job: CronJob
  name: string
  /** Variables of its containers whose values are written out. */
  env: Record<string, string>
}

/** The jobs of a namespace that run: what is suspended waits for an operator. */
export function scheduledJobs(stack: Stack, namespace?: string): ScheduledJob[] {
  return stack
    .of(batch.v1.CronJob)
    .filter(({ props }) => props.spec?.suspend !== true)
    .filter(({ props }) => namespace === undefined || props.metadata?.namespace === namespace)
    .map((job) => {
      const containers = job.props.spec?.jobTemplate?.spec?.template?.spec?.containers ?? []
      const variables = containers.flatMap(({ env = [] }) => env).filter(({ value }) => value !== undefined)
      return {
        job,
        name: job.props.metadata?.name ?? '',
        env: Object.fromEntries(variables.map(({ name, value = '' }) => [name, value])),
      }
    })
}

/** What the name of a job ends with that looks whether the copies of another are there. */
export const CHECK = '-check'

/** The setting that names where the jobs of backups live. */
export const BACKUPS = { type: 'string', description: 'The namespace of the jobs that make backups.' } as const
