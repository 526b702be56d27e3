import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CAPABILITIES, EXCEPTIONS, LONGEST_ARGUMENT, METHODS, UPLOADS } from '../../infra/edge/waf-rules.ts'

/** Where Debian puts the OWASP core rules, which Oracle's capabilities follow and are numbered after. */
const RULES = '/usr/share/modsecurity-crs/rules'

/** Families of rules that a capability can name as one, with the tag that all rules of the family carry. */
const FAMILIES: Record<string, string> = {
  930: 'attack-lfi',
  932: 'attack-rce',
  933: 'attack-injection-php',
  941: 'attack-xss',
  942: 'attack-sqli',
}
/** Of the core rules' own doing: they prepare, and add up what the others found. */
const FRAME = ['901', '949']
/** What Oracle takes where nothing else is said: arguments of a request, and characters of them all. */
const ORACLE = { arguments: 255, characters: 64_000 }

/**
 * What `infra/edge` declares of Oracle's firewall, in the language of ModSecurity: the same families and rules, and
 * their exceptions. Which methods, paths and sizes are refused before that, its conditions say in a language of their
 * own, which `test/definition/edge.test.ts` reads.
 *
 * @param folder that it may write to.
 * @param body bytes of a body that are looked at. To look at none would be to run no rule that waits for a body.
 */
export function firewallRules(folder: string, body: number): string {
  const single = CAPABILITIES.filter(({ key }) => key.length === 6).map(({ key }) => key)
  const whole = CAPABILITIES.filter(({ key }) => key.length === 7).map(({ key }) => key.slice(0, 3))
  const wanted = new Set([...FRAME, ...whole, ...single.map(familyOf)])
  const files = readdirSync(RULES)
    .filter((file) => /^REQUEST-\d{3}-/.test(file) && wanted.has(file.slice(8, 11)))
    .map((file) => join(RULES, file))
  const left = files
    .filter((file) => ![...FRAME, ...whole].some((family) => file.includes(`REQUEST-${family}-`)))
    .flatMap(rulesOf)
    .filter(({ id, message }) => message && !single.includes(id))
  for (const key of single) {
    const rule = files.flatMap(rulesOf).find(({ id }) => id === key)
    if (!rule?.level1) throw new Error(`The core rules do not look for ${key} by themselves.`)
  }

  return [
    'SecRuleEngine On',
    'SecRequestBodyAccess On',
    `SecRequestBodyLimit ${body}`,
    `SecRequestBodyNoFilesLimit ${body}`,
    'SecRequestBodyLimitAction ProcessPartial',
    'SecResponseBodyAccess Off',
    'SecAuditEngine Off',
    `SecTmpDir ${folder}`,
    `SecDataDir ${folder}`,
    'SecUnicodeMapFile /etc/nginx/unicode.mapping 20127',
    'SecDefaultAction "phase:1,log,pass"',
    'SecDefaultAction "phase:2,log,pass"',
    ...[
      'crs_setup_version=334',
      `allowed_methods=${METHODS.join(' ')}`,
      `max_num_args=${ORACLE.arguments}`,
      `total_arg_length=${ORACLE.characters}`,
      `arg_length=${LONGEST_ARGUMENT}`,
    ].map((variable, at) => `SecAction "id:${900_000 + at},phase:1,nolog,pass,t:none,setvar:'tx.${variable}'"`),
    ...files.map((file) => `Include ${file}`),
    ...left.map(({ id }) => `SecRuleRemoveById ${id}`),
    ...exceptions().map(([tag, argument]) => `SecRuleUpdateTargetByTag "${tag}" "!ARGS:${argument}"`),
    '',
  ].join('\n')
}

const familyOf = (key: string) => key.slice(0, 3)

/** Below which path bodies are not looked at. */
export function uninspected(): string {
  const [, path] = /^starts_with\(http\.request\.url\.path, '([^']+)'\)$/.exec(UPLOADS) ?? []
  if (path === undefined) throw new Error(`"${UPLOADS}" is not about the beginning of a path`)
  return path
}

/** The rules of a file: whether each has something to say, and whether it is on at the first level of paranoia. */
function rulesOf(file: string) {
  return readFileSync(file, 'utf8')
    .split(/^(?=SecRule|SecAction)/m)
    .flatMap((text) => {
      const [, id] = /\bid:(\d{6})/.exec(text) ?? []
      if (id === undefined) return []
      return [{ id, message: text.includes('msg:'), level1: !/paranoia-level\/[2-4]/.test(text) }]
    })
}

/** Arguments that a family of rules does not look at. */
function exceptions(): [tag: string, argument: string][] {
  const made = EXCEPTIONS.flatMap(({ args, capabilities }) =>
    capabilities.flatMap((key) => args.map((argument) => `${FAMILIES[familyOf(key)]} ${argument}`)),
  )
  return [...new Set(made)].map((pair) => pair.split(' ') as [string, string])
}
