import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'

const PROJECT = join(import.meta.dirname, '../..')

/** The same program with the verification stack's settings and institutions, in a folder that a test may spoil. */
export class SpareProject {
  readonly root = mkdtempSync(join(tmpdir(), 'kura-project-'))
  readonly tenants = join(this.root, 'tenants')

  constructor(settings: Record<string, unknown> = {}) {
    for (const file of ['Pulumi.yaml', 'Pulumi.dev.yaml']) cpSync(join(PROJECT, file), join(this.root, file))
    for (const entry of ['infra', 'package.json']) symlinkSync(join(PROJECT, entry), join(this.root, entry))
    cpSync(join(PROJECT, 'infra/tenants/dev'), this.tenants, { recursive: true })
    this.set({ tenants: this.tenants, ...settings })
  }

  /** Sets settings, by their names below `kura:`; nested ones as `a.b`. */
  set(settings: Record<string, unknown>): void {
    const file = join(this.root, 'Pulumi.dev.yaml')
    const stack: { config: Record<string, unknown> } = parse(readFileSync(file, 'utf8'))
    for (const [name, value] of Object.entries(settings)) {
      const path = `kura:${name}`.split('.')
      const last = path.pop() ?? ''
      const holder = path.reduce((node, key) => {
        node[key] ??= {}
        return node[key] as Record<string, unknown>
      }, stack.config)
      holder[last] = value
    }
    writeFileSync(file, stringify(stack))
  }

  /** Replaces text in an institution's file. */
  editTenant(id: string, from: string, to: string): void {
    const text = readFileSync(this.#tenant(id), 'utf8')
    if (!text.includes(from)) throw new Error(`${id}.yaml does not say ${from}`)
    writeFileSync(this.#tenant(id), text.replace(from, to))
  }

  /** Adds an institution like another one, with an id, a host and a cell of its own. */
  addTenant(id: string, like: string, cell: string): void {
    const tenant: Record<string, unknown> = parse(readFileSync(this.#tenant(like), 'utf8'))
    writeFileSync(this.#tenant(id), stringify({ ...tenant, id, cell, hosts: [`repository.${id}.example`] }))
  }

  removeTenant(id: string): void {
    rmSync(this.#tenant(id))
  }

  #tenant(id: string): string {
    return join(this.tenants, `${id}.yaml`)
  }

  remove(): void {
    rmSync(this.root, { recursive: true })
  }
}
