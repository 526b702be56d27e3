/** What the name of a setting ends with whose value is a secret: `DB_PASSWORD`, `client.secret`, `apiKey`, `TOKEN_2`. */
const NAME =
  /(password|passwd|passphrase|secret|token|bearer|credentials?|(api|access|account|private|signing|encryption|secret)[-_.]?key([-_.]?base)?|key[-_.]?content|(redis|valkey)[-_.]?auth|(^|[-_.]|db|user|admin|root)(pass|pwd))([-_.]?\d+)?$/i

/** Names that may as well be those of settings whose value names a Secret: `existingSecret`, `WEBHOOK_CERT_SECRET`. */
const REFERENCE = /(?<!(client|consumer|api|app|jwt|session)[-_.]?)secret$/i

/** What objects of Kubernetes are called; nobody calls one by so many letters without a hyphen. */
const OBJECT = /^(?!\w{20})[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/

/** What secrets look like, whatever they are called. */
const TEXTS: [RegExp, string][] = [
  [/-BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-/, 'a private key'],
  [/\b[a-z][a-z0-9+.-]{0,15}:\/\/[^\s/:@"']*:(?![$%{<])[^\s/@"']+@/i, 'a password in an address'],
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/, 'an access key'],
  [/\b(gh[pousr]_|github_pat_|glpat-|xox[abprs]-)[A-Za-z0-9_-]{16,}/, 'a token'],
  [/\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+/, 'a token'],
]

/** Lines `name = value`, `name: value` and `export NAME=value` of a configuration, and `"name": "value"` anywhere. */
const ASSIGNMENTS = [
  /^[ \t]*(?:(?:export|set)[ \t]+|-[ \t]+)?([\w.-]+)[ \t]*[:=][ \t]*(.*)$/gm,
  /["']([\w.-]+)["'][ \t]*[:=][ \t]*(".*?"|'.*?')/g,
]

/** Whether a setting holds a secret, by its name and its value. */
export function holdsSecret(name: string, value: string): boolean {
  return namesSecret(name) && writtenOut(value) && !(REFERENCE.test(name) && OBJECT.test(value))
}

/** Whether a setting of this name holds a secret. `PASSWORD_FILE` names a file instead. */
export function namesSecret(name: string): boolean {
  return NAME.test(name)
}

/** What secret a text holds, in words that do not give it away; undefined where it looks like none. */
export function secretIn(text: string): string | undefined {
  return TEXTS.find(([looks]) => looks.test(text))?.[1]
}

/** Whether a value is written out: not empty, no switch, no path, and no reference to what is elsewhere. */
export function writtenOut(value: string): boolean {
  return (
    value !== '' &&
    !/^(true|false|yes|no|on|off|null|none)$/i.test(value) &&
    !/^[/~$%<&*({[`|>:]|\$[({]|\{\{/.test(value)
  )
}

/** The name of a setting in a configuration file whose secret value is written out there; undefined where there is none. */
export function secretSettingIn(text: string): string | undefined {
  const assigned = ASSIGNMENTS.flatMap((pattern) => [...text.matchAll(pattern)])
  return assigned.find(([, name = '', value = '']) => holdsSecret(name, bare(value)))?.[1]
}

/** A value without its quotes, or without what follows it. */
function bare(value: string): string {
  const [, , quoted] = /^(["'])(.*?)\1/.exec(value) ?? []
  return quoted ?? value.replace(/(^|\s+)[#;].*$/, '').replace(/[\s,;]+$/, '')
}

/** The name of an option `--name=value` whose secret value is written out; undefined where an argument is none. */
export function secretOptionIn(argument: string): string | undefined {
  const [, name, value] = /^--?([\w.-]+)=(.*)$/s.exec(argument) ?? []
  return name && value && holdsSecret(name, value) ? name : undefined
}
