import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Properties } from './stand-in.ts'

/** Something that exists in the cloud, whoever knows of it. */
export interface Existing {
  id: string
  type: string
  /** Of the resource that asked for it. */
  urn: string
  inputs: Properties
  outputs: Properties
}

/**
 * What there may be once: by type, the inputs that together are its name. As the documentation of `@pulumi/oci` says of
 * each ("must be unique"), or Oracle's of the service.
 */
const ONCE: Record<string, string[]> = {
  'oci:Artifacts/containerRepository:ContainerRepository': ['displayName'],
  'oci:CertificatesManagement/certificate:Certificate': ['compartmentId', 'name'],
  'oci:Dns/zone:Zone': ['name'],
  'oci:FileStorage/export:Export': ['exportSetId', 'path'],
  'oci:Identity/compartment:Compartment': ['compartmentId', 'name'],
  'oci:Identity/dynamicGroup:DynamicGroup': ['name'],
  'oci:Identity/group:Group': ['name'],
  'oci:Identity/policy:Policy': ['compartmentId', 'name'],
  'oci:Identity/tag:Tag': ['tagNamespaceId', 'name'],
  'oci:Identity/tagNamespace:TagNamespace': ['name'],
  'oci:Identity/user:User': ['name'],
  'oci:Limits/quota:Quota': ['name'],
  'oci:Logging/log:Log': ['logGroupId', 'displayName'],
  'oci:Logging/logGroup:LogGroup': ['compartmentId', 'displayName'],
  'oci:Logging/logSavedSearch:LogSavedSearch': ['compartmentId', 'name'],
  'oci:ObjectStorage/bucket:Bucket': ['namespace', 'name'],
  'oci:Ons/notificationTopic:NotificationTopic': ['name'],
}

/**
 * The cloud's own memory, which ends with none of the processes that use it: a file for each thing, which is there whole
 * or not at all.
 */
export class Inventory {
  readonly #things: string
  readonly #names: string
  readonly #drafts: string

  constructor(folder: string) {
    this.#things = join(folder, 'things')
    this.#names = join(folder, 'names')
    this.#drafts = join(folder, 'drafts')
    for (const own of [this.#things, this.#names, this.#drafts]) mkdirSync(own, { recursive: true })
  }

  /** @throws Error if its name is taken. */
  add(thing: Existing): void {
    this.#take(thing)
    this.#write(thing)
  }

  find(id: string): Existing | undefined {
    return this.#read(digest(id))
  }

  /** @throws Error if it is gone, or its new name is taken. */
  change(id: string, inputs: Properties, outputs: Properties): void {
    const before = this.find(id)
    if (!before) throw new Error(`404-NotAuthorizedOrNotFound: ${id}`)
    const after = { ...before, inputs, outputs }
    const [old, now] = [this.#nameOf(before), this.#nameOf(after)]
    if (old !== now) this.#take(after)
    this.#write(after)
    if (old && old !== now) rmSync(old)
  }

  /** What is gone already is not missed. @throws Error while something else is in it, or leads to it. */
  remove(id: string): void {
    const thing = this.find(id)
    const user = thing && this.all().find((other) => other.id !== id && JSON.stringify(other.inputs).includes(id))
    if (user) throw new Error(`409-IncorrectState: ${id} is in use by ${user.urn}`)
    const name = thing && this.#nameOf(thing)
    rmSync(this.#fileOf(id), { force: true })
    if (name) rmSync(name, { force: true })
  }

  all(): Existing[] {
    return readdirSync(this.#things).flatMap((file) => this.#read(file) ?? [])
  }

  get count(): number {
    return readdirSync(this.#things).length
  }

  /** Nothing of what another process has removed. */
  #read(file: string): Existing | undefined {
    try {
      return JSON.parse(readFileSync(join(this.#things, file), 'utf8'))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }

  #write(thing: Existing): void {
    const draft = join(this.#drafts, digest(thing.id))
    writeFileSync(draft, JSON.stringify(thing))
    renameSync(draft, this.#fileOf(thing.id))
  }

  #take(thing: Existing): void {
    const name = this.#nameOf(thing)
    if (!name) return
    try {
      writeFileSync(name, thing.id, { flag: 'wx' })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const [input = ''] = ONCE[thing.type]?.slice(-1) ?? []
      throw new Error(`409-Conflict: there is a ${thing.type.split(':').at(-1)} ${thing.inputs[input]} already`)
    }
  }

  #nameOf({ type, inputs }: Existing): string | undefined {
    const name = ONCE[type]?.map((input) => inputs[input])
    return name && join(this.#names, digest(JSON.stringify([type, ...name])))
  }

  #fileOf(id: string): string {
    return join(this.#things, digest(id))
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex')
