import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { type Properties, UNKNOWN } from './stand-in.ts'

const PACKAGE = dirname(createRequire(import.meta.url).resolve('@pulumi/oci/package.json'))

/** What a value must be, as far as the declarations of `@pulumi/oci` say. */
type Kind = 'anything' | 'string' | 'number' | 'boolean' | { list: Kind } | { map: Kind } | { object: string[] }

type Members = Map<string, { isRequired: boolean; kind: Kind }>

/** A type of resource, as its class and the interface of its arguments declare it. */
interface Declared {
  inputs: Members
  /** Names, those of inputs among them. */
  outputs: string[]
}

export interface Fault {
  property: string
  reason: string
}

/** What is wrong with the inputs of a resource of Oracle's, by the types of `@pulumi/oci`: they come from its provider. */
export function faults(type: string, inputs: Properties): Fault[] {
  const declaration = declared(type)
  if (!declaration) return [{ property: '', reason: `there is no type ${type} in @pulumi/oci` }]
  return faultsIn(inputs, declaration.inputs, '')
}

/** Names of the outputs of a type. */
export function outputsOf(type: string): string[] {
  return declared(type)?.outputs ?? []
}

function faultsIn(value: Properties, members: Members, at: string): Fault[] {
  const path = (name: string) => (at === '' ? name : `${at}.${name}`)
  const missing = [...members].filter(([name, { isRequired }]) => isRequired && (value[name] ?? null) === null)
  return [
    ...missing.map(([name]) => ({ property: path(name), reason: 'is required' })),
    ...Object.entries(value).flatMap(([name, inner]) => {
      const member = members.get(name)
      return member ? faultsOf(inner, member.kind, path(name)) : [{ property: path(name), reason: 'is not declared' }]
    }),
  ]
}

function faultsOf(value: unknown, kind: Kind, at: string): Fault[] {
  if (value === UNKNOWN || value === null || value === undefined || kind === 'anything') return []
  const wrong = (wanted: string) => [{ property: at, reason: `is not ${wanted}` }]
  if (typeof kind === 'string') return typeof value === kind ? [] : wrong(`a ${kind}`)
  if ('list' in kind)
    return Array.isArray(value)
      ? value.flatMap((inner, index) => faultsOf(inner, kind.list, `${at}[${index}]`))
      : wrong('a list')
  if (typeof value !== 'object' || Array.isArray(value)) return wrong('an object')
  if ('map' in kind)
    return Object.entries(value).flatMap(([key, inner]) => faultsOf(inner, kind.map, `${at}["${key}"]`))
  return faultsIn(value as Properties, nested(kind.object), at)
}

const known = new Map<string, Declared | undefined>()

function declared(type: string): Declared | undefined {
  if (!known.has(type)) known.set(type, readDeclared(type))
  return known.get(type)
}

/** `oci:Core/vcn:Vcn` is declared in `core/vcn.d.ts`. */
function readDeclared(type: string): Declared | undefined {
  const [, module = '', name] = type.split(':')
  const [group = '', file] = module.split('/')
  const path = join(PACKAGE, group.toLowerCase(), `${file}.d.ts`)
  if (!existsSync(path)) return undefined
  const found: Declared = { inputs: new Map(), outputs: [] }
  for (const statement of parse(path).statements) {
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === `${name}Args`)
      found.inputs = membersOf(statement)
    if (ts.isClassDeclaration(statement) && statement.name?.text === name)
      found.outputs = statement.members
        .filter((member) => ts.isPropertyDeclaration(member))
        .filter(({ type }) => type?.getText().startsWith('pulumi.Output'))
        .map(({ name }) => name.getText())
  }
  return found
}

let interfaces: Map<string, ts.InterfaceDeclaration> | undefined
const read = new Map<string, Members>()

/** The members of what is declared below `inputs`: `['Core', 'DrgAttachmentNetworkDetails']`. */
function nested(path: string[]): Members {
  interfaces ??= interfacesIn(parse(join(PACKAGE, 'types/input.d.ts')).statements)
  const name = path.join('.')
  const declaration = interfaces.get(name)
  if (!declaration) throw new Error(`@pulumi/oci does not declare ${name}`)
  const members = read.get(name) ?? membersOf(declaration)
  read.set(name, members)
  return members
}

function interfacesIn(statements: ts.NodeArray<ts.Statement>, below = ''): Map<string, ts.InterfaceDeclaration> {
  const found = new Map<string, ts.InterfaceDeclaration>()
  for (const statement of statements) {
    if (ts.isInterfaceDeclaration(statement)) found.set(`${below}${statement.name.text}`, statement)
    if (ts.isModuleDeclaration(statement) && statement.body && ts.isModuleBlock(statement.body))
      for (const [name, inner] of interfacesIn(statement.body.statements, `${below}${statement.name.text}.`))
        found.set(name, inner)
  }
  return found
}

function membersOf(declaration: ts.InterfaceDeclaration): Members {
  return new Map(
    declaration.members
      .filter((member) => ts.isPropertySignature(member))
      .map(({ name, questionToken, type }) => [
        name.getText().replaceAll(/^['"]|['"]$/g, ''),
        { isRequired: !questionToken, kind: kindOf(type) },
      ]),
  )
}

/** `pulumi.Input<pulumi.Input<string>[] | undefined>` is a list of strings. */
function kindOf(type: ts.TypeNode | undefined): Kind {
  if (!type) return 'anything'
  if (ts.isUnionTypeNode(type)) {
    const kinds = type.types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword)
    return kinds.length === 1 ? kindOf(kinds[0]) : 'anything'
  }
  if (ts.isArrayTypeNode(type)) return { list: kindOf(type.elementType) }
  if (ts.isTypeLiteralNode(type)) {
    const [index] = type.members
    return index && ts.isIndexSignatureDeclaration(index) ? { map: kindOf(index.type) } : 'anything'
  }
  if (ts.isTypeReferenceNode(type)) {
    const name = type.typeName.getText()
    if (name === 'pulumi.Input') return kindOf(type.typeArguments?.[0])
    return name.startsWith('inputs.') ? { object: name.split('.').slice(1) } : 'anything'
  }
  if (type.kind === ts.SyntaxKind.StringKeyword) return 'string'
  if (type.kind === ts.SyntaxKind.NumberKeyword) return 'number'
  return type.kind === ts.SyntaxKind.BooleanKeyword ? 'boolean' : 'anything'
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
}
