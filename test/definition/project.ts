import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'

const PROJECT = join(import.meta.dirname, '../..')

/** A project of its own: the same program for the verification stack, with settings and institutions that a test may change. */
export interface Project {
  root: string
  /** Folder of the institutions' files. */
  tenants: string
  /** Sets settings, by their names below `kura:`; nested ones as `a.b`. */
  set: (settings: Record<string, unknown>) => void
  /** Replaces text in an institution's file. */
  edit: (id: string, from: string, to: string) => void
  /** Adds an institution like another one, with an id, a host and a cell of its own. */
  add: (id: string, like: string, cell: string) => void
  /** Removes an institution's file. */
  remove: (id: string) => void
  dispose: () => void
}

export function makeProject(): Project {
  const root = mkdtempSync(join(tmpdir(), 'kura-project-'))
  const tenants = join(root, 'tenants')
  const settings = join(root, 'Pulumi.dev.yaml')
  const file = (id: string) => join(tenants, `${id}.yaml`)
  for (const name of ['Pulumi.yaml', 'Pulumi.dev.yaml']) cpSync(join(PROJECT, name), join(root, name))
  for (const entry of ['infra', 'package.json']) symlinkSync(join(PROJECT, entry), join(root, entry))
  cpSync(join(PROJECT, 'infra/tenants/dev'), tenants, { recursive: true })

  const project: Project = {
    root,
    tenants,
    set: (given) => {
      const stack: { config: Record<string, unknown> } = parse(readFileSync(settings, 'utf8'))
      for (const [name, value] of Object.entries(given)) {
        const path = `kura:${name}`.split('.')
        const last = path.pop() ?? ''
        const holder = path.reduce((node, key) => {
          node[key] ??= {}
          return node[key] as Record<string, unknown>
        }, stack.config)
        holder[last] = value
      }
      writeFileSync(settings, stringify(stack))
    },
    edit: (id, from, to) => {
      const text = readFileSync(file(id), 'utf8')
      if (!text.includes(from)) throw new Error(`${id}.yaml does not say ${from}`)
      writeFileSync(file(id), text.replace(from, to))
    },
    add: (id, like, cell) => {
      const tenant: Record<string, unknown> = parse(readFileSync(file(like), 'utf8'))
      writeFileSync(file(id), stringify({ ...tenant, id, cell, hosts: [`repository.${id}.example`] }))
    },
    remove: (id) => unlinkSync(file(id)),
    dispose: () => rmSync(root, { recursive: true }),
  }
  project.set({ tenants })
  return project
}
