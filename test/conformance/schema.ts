import { basename, dirname } from 'node:path'
import { validateXML, type XMLFileInfo } from 'xmllint-wasm'
import { referenceNames, referenceText } from './shared.ts'

/** Documents to validate: name → XML. */
export type Documents = { readonly [name: string]: string }

/**
 * Validates documents against a schema of the reference.
 * @param schema path below `xsd/`; the schemas beside it are at hand for its imports.
 * @returns what is wrong, a line per finding that begins with the document's name; empty where all is valid.
 * @throws where the schema does not compile, or skips an import: it would then check less than it claims.
 */
export function validate(schema: string, documents: Documents): Promise<string[]> {
  const [folder, name] = [`xsd/${dirname(schema)}`, basename(schema)]
  const files = schemasIn(folder)
  return validateAgainst(
    files.filter(({ fileName }) => fileName === name),
    files.filter(({ fileName }) => fileName !== name),
    documents,
  )
}

/**
 * Validates OAI-PMH responses, envelope and payload together.
 * @param payloads namespace → schema, a path below `xsd/`. More than one cannot be checked at once: formats give one
 * namespace different contents, of which the first would hold.
 * @returns and throws as {@link validate} does.
 */
export function validateResponses(payloads: { readonly [namespace: string]: string }, documents: Documents) {
  const imports = { [OAI_PMH]: 'oai/OAI-PMH.xsd', ...payloads }
  const folders = new Set(Object.values(imports).map(dirname))
  const places = Object.entries(imports).map(([namespace, schema]) => {
    return `<xs:import namespace="${namespace}" schemaLocation="${basename(schema)}"/>`
  })
  const contents = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${places.join('')}</xs:schema>`
  const files = [...folders].flatMap((folder) => schemasIn(`xsd/${folder}`))
  return validateAgainst([{ fileName: 'driver.xsd', contents }], files, documents)
}

/** The schema of each metadata format, a path below `xsd/`. */
export const FORMAT_SCHEMAS: { readonly [prefix: string]: string } = {
  oai_dc: 'oai/oai_dc.xsd',
  jpcoar: 'jpcoar/2.0/jpcoar_scm.xsd',
  'jpcoar_1.0': 'jpcoar/1.0/jpcoar_scm.xsd',
  'jpcoar_2.0': 'jpcoar/2.0/jpcoar_scm.xsd',
  'jpcoar_2.1': 'jpcoar/2.1/jpcoar_scm.xsd',
}

export const OAI_PMH = 'http://www.openarchives.org/OAI/2.0/'

async function validateAgainst(schema: XMLFileInfo[], imports: XMLFileInfo[], documents: Documents) {
  const { errors, rawOutput } = await validateXML({
    schema,
    preload: [...imports, schemaFile('xml.xsd', 'xsd/xml.xsd')],
    xml: Object.entries(documents).map(([fileName, contents]) => ({ fileName, contents })),
    maxMemoryPages: 4096,
  })
  const skipped = rawOutput.split('\n').filter((line) => line.includes('Skipping import'))
  if (skipped.length > 0) throw new Error(`The schema is incomplete:\n${skipped.join('\n')}`)
  return errors.map(({ rawMessage }) => rawMessage)
}

/**
 * A schema file whose imports of `xml:` lead to the local copy. The schemas name that copy by several addresses at
 * w3.org; by one name it is loaded once, and no import is skipped. All schemas stand in one folder here.
 */
const schemaFile = (fileName: string, path: string): XMLFileInfo => ({
  fileName,
  contents: referenceText(path)
    .replace(/http:\/\/www\.w3\.org\/\d{4}\/(\d{2}\/)?xml\.xsd/g, 'xml.xsd')
    .replaceAll('schemaLocation="include/', 'schemaLocation="'),
})

const schemasIn = (folder: string) =>
  referenceNames(folder)
    .filter((path) => basename(path) !== 'xml.xsd')
    .map((path) => schemaFile(basename(path), `${folder}/${path}`))
