import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { RunError } from '@pulumi/pulumi/errors.js'
import { type Document, isMap, isNode, LineCounter, type Node, parseDocument } from 'yaml'
import { TenantFile } from '../../app/tenancy/schema.ts'
import { problems } from '../explain.ts'
import { wrongSetting } from '../settings.ts'

const INFRA = join(import.meta.dirname, '..')

/** A place in a file, as an editor opens it: `path:line`. */
type Place = string

interface ReadFile {
  tenant: TenantFile
  place: (path: (string | number)[]) => Place
}

/**
 * Reads the institutions of a stack: one file `<id>.yaml` each.
 *
 * @param folder relative to `infra/`
 * @param perCell institutions that one cell may hold
 * @returns in the order of their files
 * @throws RunError naming everything that is wrong at once, each with file, line and what is allowed.
 */
export function readTenants(folder: string, perCell: number): TenantFile[] {
  const wrong: string[] = []
  const files: ReadFile[] = []
  const paths = list(resolve(INFRA, folder))
  // The wrong folder would otherwise take every cell away.
  if (paths.length === 0) throw wrongSetting('tenants', `names a folder without institutions: ${folder}`)
  for (const path of paths) {
    const { tenant, place, faults } = readTenant(path)
    if (tenant) files.push({ tenant, place })
    wrong.push(...faults)
  }
  wrong.push(...shared(files), ...crowded(files, perCell))
  if (wrong.length > 0) throw new RunError(wrong.join('\n'))
  return files.map(({ tenant }) => tenant)
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => /\.ya?ml$/.test(file))
      .sort()
      .map((file) => join(folder, file))
  } catch (cause) {
    throw wrongSetting('tenants', `cannot be read: ${cause instanceof Error ? cause.message : cause}`)
  }
}

function readTenant(path: string): { tenant?: TenantFile; place: ReadFile['place']; faults: string[] } {
  const name = shown(path)
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, prettyErrors: false })
  const line = (offset: number) => lines.linePos(offset).line
  const place: ReadFile['place'] = (at) => `${name}:${line(offsetOf(document, at))}`

  if (document.errors.length > 0)
    return { place, faults: document.errors.map(({ pos, message }) => `${name}:${line(pos[0])}: ${message}`) }
  const content: unknown = document.toJS()
  const faults = problems(TenantFile, content).map(
    ({ path: at, message }) => `${place(at)}: ${[at.join('.'), message].filter(Boolean).join(' ')}`,
  )
  if (faults.length > 0) return { place, faults }

  const tenant = TenantFile.parse(content)
  if (basename(path) !== `${tenant.id}.yaml`)
    faults.push(`${place(['id'])}: id ${tenant.id} must give the file its name; allowed: ${tenant.id}.yaml`)
  return { tenant, place, faults }
}

/** Ids and hosts that two institutions claim, or one twice. */
function shared(files: ReadFile[]): string[] {
  const owners = new Map<string, Place>()
  return files.flatMap(({ tenant, place }) =>
    [
      { claim: `id ${tenant.id}`, at: place(['id']) },
      ...tenant.hosts.map((host, index) => ({ claim: `host ${host}`, at: place(['hosts', index]) })),
    ].flatMap(({ claim, at }) => {
      const owner = owners.get(claim)
      if (owner !== undefined) return [`${at}: ${claim} is taken by ${owner}; each belongs to one institution`]
      owners.set(claim, at)
      return []
    }),
  )
}

function crowded(files: ReadFile[], perCell: number): string[] {
  return [...Map.groupBy(files, ({ tenant }) => tenant.cell)].flatMap(([cell, members]) =>
    members
      .slice(perCell)
      .map(({ place }) => `${place(['cell'])}: cell ${cell} is full; allowed: ${perCell} (kura:cells.institutions)`),
  )
}

/** Where the value of a path begins; for a key that is missing, where what should hold it begins. */
function offsetOf(document: Document.Parsed, path: (string | number)[]): number {
  let node: Node | null = document.contents
  let offset = node?.range?.[0] ?? 0
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isNode(item.key) && String(item.key) === key)
      if (!isNode(pair?.key)) break
      offset = pair.key.range?.[0] ?? offset
    }
    const next: unknown = node && 'get' in node && typeof node.get === 'function' ? node.get(key, true) : undefined
    if (!isNode(next)) break
    node = next
    if (typeof key === 'number') offset = node.range?.[0] ?? offset
  }
  return offset
}

/** How messages name the file of an institution. */
export function tenantFile(folder: string, id: string): string {
  return shown(join(resolve(INFRA, folder), `${id}.yaml`))
}

/** Relative to the project, where the file lies in it. */
function shown(path: string): string {
  const inside = relative(join(INFRA, '..'), path)
  return inside.startsWith('..') ? path : inside
}
