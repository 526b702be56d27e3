import type { Framework, FrameworkControl } from '../../policies/frameworks/framework.ts'
import { FRAMEWORKS } from '../../policies/frameworks/index.ts'
import { PACKS } from '../../policies/packs.ts'
import type { Rule } from '../../policies/rule/index.ts'

/** What stands above it in the file is written by hand. */
export const MARK = '<!-- From here on written by `npm run policies`: change the rules and the catalogues instead. -->'

interface Serving {
  pack: string
  rule: Rule
}

/** The page with its tables anew: control → rule → level for every framework, then every rule. */
export function pageOf(page: string): string {
  const [written = ''] = page.split(MARK)
  const serving = Map.groupBy(
    Object.entries(PACKS).flatMap(([pack, rules]) =>
      rules.flatMap((rule) => rule.about.serves.map((control) => ({ control, pack, rule }))),
    ),
    ({ control }) => control,
  )
  const sections = [
    '## Controls',
    ...FRAMEWORKS.map((framework: Framework) => frameworkTable(framework, serving as Map<string, Serving[]>)),
    '## Rules',
    ...Object.entries(PACKS).map(([pack, rules]) => packTable(pack, rules)),
  ]
  return `${written}${MARK}\n\n${sections.join('\n\n')}\n`
}

function frameworkTable({ name, version, source, note, controls }: Framework, serving: Map<string, Serving[]>): string {
  const entries = Object.entries(controls)
  const checked = entries.filter(([id, { askedBy }]) => serving.has(id) || askedBy)
  const row = ([id, control]: [string, FrameworkControl]) =>
    `| ${id} | ${control.asks} | ${answer(control, serving.get(id) ?? [])} |`
  return [
    `### ${name} ${version}`,
    [`[The framework](${source}).`, note, `Rules serve ${checked.length} of its ${entries.length} controls here.`]
      .filter(Boolean)
      .join(' '),
    ['| Control | Asks | Rule, level; or why none |', '|---|---|---|', ...entries.map(row)].join('\n'),
  ].join('\n\n')
}

function answer({ askedBy = [], unchecked, differs }: FrameworkControl, rules: Serving[]): string {
  const named = [...rules, ...askedBy.map(ruleOf)].map(
    ({ pack, rule: { about } }) => `\`${pack}/${about.name}\`, ${about.level}`,
  )
  return [named.join('<br>'), unchecked && `Not checked: ${unchecked}`, differs && `Otherwise than it asks: ${differs}`]
    .filter(Boolean)
    .join('<br>')
}

/** @throws Error if there is no such rule. */
function ruleOf(path: string): Serving {
  const [pack = '', name] = path.split('/')
  const rule = PACKS[pack]?.find(({ about }) => about.name === name)
  if (!rule) throw new Error(`a catalogue names a rule that there is not: ${path}`)
  return { pack, rule }
}

function packTable(pack: string, rules: Rule[]): string {
  const rows = rules
    .map(({ about, policy }) => ({ about, across: 'validateStack' in policy }))
    .map(
      ({ about: { name, description, severity, level, settings = {} }, across }) =>
        `| \`${name}\` | ${description} | ${severity} | ${level} | ${across ? 'stack' : 'resource'} | ${Object.keys(
          settings,
        )
          .map((key) => `\`${key}\``)
          .join(', ')} |`,
    )
  return [
    `### ${pack}: ${rules.length} rules`,
    ['| Rule | What must hold | Severity | Level | Asked of | Settings |', '|---|---|---|---|---|---|', ...rows].join(
      '\n',
    ),
  ].join('\n\n')
}
