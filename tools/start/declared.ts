import { join } from 'node:path'
import { PlainError } from '../../app/cli/plain-error.ts'
import { EvaluationError, evaluate, type RandomSource } from '../evaluate/index.ts'
import { type CellMounts, type Container, mounts, writeMounts } from '../evaluate/mounts.ts'
import { freePort } from '../ports.ts'
import { type Embedded, embed } from './embed.ts'
import { LOOPBACK } from './ports.ts'
import type { Program } from './processes.ts'

/** The commands of the application that every cell runs, each a container. */
export type Role = 'web' | 'worker' | 'provision'

/**
 * Evaluates the platform's definition and finds what its cells would run.
 *
 * @throws PlainError if the definition stops, in its own words.
 */
export async function declaredCells(stack: string, random: RandomSource): Promise<CellMounts[]> {
  try {
    return mounts(await evaluate({ stack, random }))
  } catch (error) {
    if (error instanceof EvaluationError) throw new PlainError(error.message)
    throw error
  }
}

/**
 * Writes what one role's container mounts in each cell, below `folder`, with the services of this machine in place of
 * the declared ones.
 *
 * @returns the cells' programs, reading their configuration from there, and where one that serves says it is ready.
 */
export async function configure(
  role: Role,
  cells: CellMounts[],
  folder: string,
  services: Omit<Embedded, 'internal'>,
): Promise<{ programs: Program[]; config: string; readiness: string }> {
  // Web and worker listen on an internal port each; in a cluster their pods have addresses of their own.
  const internal = await freePort('127.0.0.1')
  const programs = cells.map((cell) => {
    const container = cell[role]
    const files = join(folder, cell.cell, role)
    writeMounts(container, files)
    const config = join(files, container.env.KURA_CONFIG ?? '')
    embed(config, { ...services, internal })
    return programOf(container, config)
  })
  const config = programs.map(({ env }) => env.KURA_CONFIG).join(':')
  return { programs, config, readiness: `http://${LOOPBACK[0]}:${internal}/readyz` }
}

const programOf = ({ command, args, env }: Container, config: string) => ({
  command: [...command, ...args],
  env: { ...env, KURA_CONFIG: config },
})
