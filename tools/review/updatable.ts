import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Path } from './path.ts'

const PACKAGE = dirname(createRequire(import.meta.url).resolve('@pulumi/oci/package.json'))

/** How the documentation of `@pulumi/oci` marks an input that can be changed in place. */
const MARK = '(Updatable)'

const TAGS = 'freeformTags'

/**
 * Whether the documentation of `@pulumi/oci` says of an input that it can be changed in place; undefined where it has no
 * such input. It errs in both directions: marks have been forgotten, and some changes are refused all the same.
 */
export function isUpdatable(type: string, path: Path): boolean | undefined {
  const [group = '', file = ''] = (type.split(':')[1] ?? '').split('/')
  const declaration = join(PACKAGE, group.toLowerCase(), `${file}.d.ts`)
  if (!existsSync(declaration)) return undefined
  let members = body(read(declaration), /export interface \w+Args \{/)
  // Tags can always be changed: where that is not marked, nothing is.
  if (memberOf(members, TAGS)?.comment.includes(MARK) === false) return undefined
  let marked: boolean | undefined
  // Places in a list are of one type; what a map holds is of none.
  for (const name of path.filter((step) => typeof step === 'string')) {
    const member = /^\w+$/.test(name) ? memberOf(members, name) : undefined
    if (!member) return marked
    marked = member.comment.includes(MARK)
    if (!marked) return false
    const [, namespace, inner] = /inputs\.(\w+)\.(\w+)/.exec(member.type) ?? []
    if (!inner) return marked
    members = body(namespaceOf(`${namespace}`), new RegExp(`interface ${inner} \\{`))
  }
  return marked
}

const texts = new Map<string, string>()

function read(file: string): string {
  const text = texts.get(file) ?? readFileSync(file, 'utf8')
  texts.set(file, text)
  return text
}

/** The part of the nested inputs' types that belongs to a service. */
function namespaceOf(name: string): string {
  const text = read(join(PACKAGE, 'types/input.d.ts'))
  const start = text.indexOf(`export declare namespace ${name} {`)
  return text.slice(start, text.indexOf('\n}', start))
}

/** What stands between the braces of an interface. */
function body(text: string, opening: RegExp): string {
  const [open] = opening.exec(text) ?? []
  if (open === undefined) return ''
  const start = text.indexOf(open)
  const indent = /[^\n]*$/.exec(text.slice(0, start))?.[0] ?? ''
  return text.slice(start + open.length, text.indexOf(`\n${indent}}`, start))
}

function memberOf(members: string, name: string): { comment: string; type: string } | undefined {
  const at = members.search(new RegExp(`^ +${name}\\??: `, 'm'))
  if (at < 0) return undefined
  const comment = members.slice(members.lastIndexOf('/**', at), at)
  return { comment, type: members.slice(at, members.indexOf(';', at)) }
}
