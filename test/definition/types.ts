import { join } from 'node:path'
import ts from 'typescript'
import { type CapturedResource, reveal } from '../../tools/evaluate/index.ts'

/** Where the checked text would lie: imports are looked up from there. */
const FILE = join(import.meta.dirname, 'captured.ts')

/** Types whose inputs are free: Kubernetes leaves them to their own schemas. */
const FREE =
  /^kubernetes:(?!(core|apps|batch|policy|networking\.k8s\.io|rbac\.authorization\.k8s\.io|storage\.k8s\.io|scheduling\.k8s\.io|autoscaling|helm\.sh|yaml)\/)/

/**
 * What the inputs of resources have that their providers' own types do not allow, or lack that these ask for. The types
 * of `@pulumi/oci` and `@pulumi/kubernetes` are generated from Oracle's and Kubernetes' interfaces; the compiler of the
 * language holds the captured values against them, so that nothing that was cast or computed slips by.
 *
 * @returns a sentence for each fault, with the resource's name.
 */
export function mistyped(resources: CapturedResource[]): string[] {
  const checked = resources.filter(({ custom, type }) => custom && /^(oci|kubernetes):/.test(type) && !FREE.test(type))
  const modules = new Map<string, string>()
  const lines: { text: string; name: string }[] = checked.map((resource) => {
    const { module, path } = argumentsOf(resource.type)
    const alias = modules.get(module) ?? `m${modules.size}`
    modules.set(module, alias)
    return { text: `;(${JSON.stringify(reveal(resource.inputs))}) satisfies ${alias}.${path}`, name: resource.name }
  })
  const head = [...modules].map(([module, alias]) => `import type * as ${alias} from '${module}'`)
  const text = [...head, ...lines.map((line) => line.text)].join('\n')

  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ESNext,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = (file) => file === FILE || fileExists.call(host, file)
  host.readFile = (file) => (file === FILE ? text : readFile.call(host, file))
  host.getSourceFile = (file, ...rest) =>
    file === FILE
      ? ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true)
      : getSourceFile.call(host, file, ...rest)
  const program = ts.createProgram([FILE], options, host)
  const source = program.getSourceFile(FILE)
  if (!source) throw new Error('the captured resources were not read')
  return ts.getPreEmitDiagnostics(program, source).map(({ start = 0, messageText }) => {
    const { line } = source.getLineAndCharacterOfPosition(start)
    const name = lines[line - head.length]?.name ?? 'import'
    return `${name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
  })
}

/** Module and name of the type of a resource's inputs: `oci:Core/vcn:Vcn` has `VcnArgs` of `@pulumi/oci/core`. */
function argumentsOf(type: string): { module: string; path: string } {
  const [provider = '', middle = '', name = ''] = type.split(':')
  if (name === 'Provider' || middle === 'providers')
    return { module: `@pulumi/${name}/provider.js`, path: 'ProviderArgs' }
  if (provider === 'oci')
    return { module: `@pulumi/oci/${middle.split('/')[0]?.toLowerCase()}/index.js`, path: `${name}Args` }
  const [group = '', version = ''] = middle.split('/')
  const short = group === 'helm.sh' ? 'helm' : group.split('.')[0]
  return { module: '@pulumi/kubernetes', path: `${short}.${version}.${name}Args` }
}
