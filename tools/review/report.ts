import type { Excepted, Finding } from '../packs/index.ts'
import { number } from '../plan/text.ts'
import type { Acceptance } from './accepted.ts'
import type { Change } from './change.ts'
import type { RuleChange } from './configuration.ts'
import type { Block, Group, Section } from './document.ts'
import type { Figure } from './figures.ts'
import { countKinds, type Fold, type FoldedProperty, foldChanges, shownType } from './fold.ts'
import { type Harm, oneObject } from './harm.ts'
import type { InstitutionChange } from './institutions.ts'
import type { Move } from './move.ts'
import type { Review } from './review.ts'
import type { ExceptedFinding, Verdict } from './verdict.ts'

/** What a reviewer reads, the most important first. */
export function reportOf(review: Review): Section[] {
  const { stack, base, verdict, plan, against } = review
  const outcome = against.length === 0 ? 'passes' : 'REFUSED'
  const title = `${stack}${base ? ` against ${shownBase(base)}` : ''}: ${outcome}`
  const summary = base ? [told(base.changes), ...institutionsInBrief(base), ...rulesInBrief(base)] : []
  const notes = base ? base.notes : ['No base: what changes is not looked at.']
  return [
    { title, blocks: lists([...summary, ...notes]) },
    ...(base ? changeSections(base, review.unusedAcceptances) : acceptances(review.unusedAcceptances)),
    ...('failure' in verdict
      ? [{ title: 'Policy packs: COULD NOT JUDGE', blocks: lists([verdict.failure]) }]
      : verdictSections(verdict)),
    ...problems(plan),
    ...figures(review),
    {
      title: against.length === 0 ? 'Exit code 0: nothing speaks against it.' : `Exit code 1: ${against.join('; ')}.`,
      // Who reads the end alone must see it, too.
      blocks: lists(base ? [...institutionsInBrief(base), ...rulesInBrief(base)].filter(isLoud) : []),
    },
  ]
}

type Base = NonNullable<Review['base']>

/** A commit that was given as one is not named twice. */
function shownBase({ commit, ref }: Base): string {
  return ref === commit ? commit.slice(0, 8) : `${commit.slice(0, 8)} (${ref})`
}

const KINDS = ['added', 'changed', 'replaced', 'removed'] as const
const SIGNS = { added: '+ ', changed: '~ ', replaced: '+-', removed: '- ' }

/** Different things that become of a property of alike resources, and are told. */
const MOST_VALUES = 5
/** Resources that break a rule and are named. */
const MOST_NAMED = 12

function told(changes: Change[]): string {
  const counts = countKinds(changes)
  const renamed = changes.filter(({ formerly }) => formerly !== undefined).length
  return changes.length === 0
    ? 'No resource changes.'
    : `Resources: ${KINDS.map((kind) => `${number(counts[kind])} ${kind}`).join(', ')}${renamed > 0 ? `; of these ${number(renamed)} renamed by alias` : ''}.`
}

/** What becomes of institutions, in words for how many; in capitals what takes them from their readers. */
const INSTITUTIONS: Record<InstitutionChange['kind'], string> = {
  purged: 'TO BE PURGED',
  gone: 'NO LONGER SERVED',
  closed: 'CLOSED',
  readonly: 'READ-ONLY',
  moved: 'moved to another cell',
  hosts: 'with other hosts',
  kept: 'no longer to be purged',
  open: 'open again',
  new: 'new',
}

function institutionsInBrief({ institutions }: Base): string[] {
  const counts = counted(institutions, ({ kind }) => INSTITUTIONS[kind])
  return counts === '' ? [] : [`Institutions: ${counts}.`]
}

/** What becomes of rules, in words for how many; in capitals what may let pass what did not pass before. */
const RULES: Record<RuleChange['kind'], string> = {
  gone: 'GONE',
  lowered: 'LOWERED OR DISABLED',
  setting: 'SET OTHERWISE',
  excepted: 'EXCEPTED ANEW OR FOR LONGER',
  raised: 'raised',
  exception: 'excepted less, or for another reason',
}

function rulesInBrief({ rules: all }: Base): string[] {
  const counts = counted(all, ({ kind }) => RULES[kind])
  return counts === '' ? [] : [`Rules that judge otherwise: ${counts}.`]
}

/** How many there are of each kind, in the order in which they come. */
function counted<Some>(all: Some[], kindOf: (one: Some) => string): string {
  return [...Map.groupBy(all, kindOf)].map(([kind, some]) => `${number(some.length)} ${kind}`).join(', ')
}

/** Whether a sentence has words in capitals, which nobody is to miss. */
const isLoud = (sentence: string) => /[A-Z]{2}/.test(sentence)

/** Institutions, those that come in great numbers only as how many. */
function institutionSections({ institutions }: Base): Section[] {
  const come = institutions.filter(({ kind }) => kind === 'new')
  const left = come.length - MOST_NAMED
  const told = institutions.filter((one) => !come.slice(MOST_NAMED).includes(one)).map(({ sentence }) => sentence)
  const loud = institutions.some(({ kind }) => isLoud(INSTITUTIONS[kind]))
  return section(loud ? 'INSTITUTIONS' : 'Institutions', [
    ...told,
    ...(left > 0 ? [`and ${number(left)} more are new`] : []),
  ])
}

function ruleSections({ rules: all }: Base): Section[] {
  const title = 'Rules that judge otherwise than at the base'
  return section(
    all.some(({ loud }) => loud) ? title.toUpperCase() : title,
    all.map(({ sentence }) => sentence),
  )
}

function changeSections(base: Base, unused: Acceptance[]): Section[] {
  const { changes, harm, moves } = base
  const harmed = new Set(harm.filter(({ change }) => change === 'replace').map(({ urn }) => urn))
  const replaced = changes.filter(({ kind, urn }) => kind === 'replaced' && !harmed.has(urn))
  const twins = changes.filter(
    ({ twin, before, urn }) => twin !== undefined && !before?.retainOnDelete && !harm.some((one) => one.urn === urn),
  )
  const retained = changes.filter(({ kind, before }) => kind === 'removed' && before?.retainOnDelete && !before.protect)
  const loud = [...harms(harm.toSorted((a, b) => Number(b.certain) - Number(a.certain))), ...moves.map(remade)]
  return [
    ...section('Replaced, removed, destroyed or no longer protected: what holds data, its keys or the way to it', loud),
    ...institutionSections(base),
    ...ruleSections(base),
    ...acceptances(unused),
    ...section('Other replacements', [
      ...grouped(twins, (change) => ({ before: 'REMOVED', after: oneObject(change) })),
      ...grouped(replaced, ({ replacement, after }) => ({
        before: replacement?.certain ? 'REPLACED' : 'MAY BE REPLACED',
        after: [
          ...(replacement?.because ?? []),
          ...(after?.deleteBeforeReplace ? ['the old one goes first'] : []),
        ].join('; '),
      })),
    ]),
    ...section(
      'Removed from the program, but not from the cloud (retainOnDelete)',
      grouped(retained, () => ({})),
    ),
    ...(changes.length === 0
      ? []
      : [
          {
            title: 'Changes by component',
            blocks: [{ lines: foldChanges(changes).flatMap(partLines) }],
            details: true,
          },
        ]),
  ]
}

/** A sentence for all resources of which the same is to be said. */
function grouped<Some extends { name: string; type: string }>(
  all: Some[],
  saying: (one: Some) => { before?: string; after?: string },
): string[] {
  return [...Map.groupBy(all, (one) => JSON.stringify(saying(one))).values()].map((alike) => {
    const { before, after } = saying(alike[0] as Some)
    return `${before ? `${before} ` : ''}${resources(alike)}${after ? `: ${after}` : ''}`
  })
}

/** Resources by name and type; of many, only how many there are of each type. */
function resources(all: { name: string; type: string }[]): string {
  const types = [...Map.groupBy(all, ({ type }) => shownType(type))]
  if (all.length <= MOST_NAMED)
    return types.map(([type, some]) => `${some.map(({ name }) => name).join(', ')} (${type})`).join(', ')
  return `${number(all.length)} resources (${types.map(([type, some]) => `${number(some.length)} ${type}`).join(', ')})`
}

/** Harm, a sentence for what is alike; below it the URNs that an acceptance would name. */
function harms(all: Harm[]): (string | Group)[] {
  return [...Map.groupBy(all, (one) => JSON.stringify(harmful(one))).values()].map((alike) => {
    const [head] = grouped(alike, harmful) as [string]
    const left = alike.length - MOST_NAMED
    const urns = alike.slice(0, MOST_NAMED).map(({ urn }) => urn)
    return isOpen(alike[0] as Harm)
      ? { head, items: [...urns, ...(left > 0 ? [`and ${number(left)} more`] : [])] }
      : head
  })
}

function harmful({ change, certain, because, acceptance }: Harm): { before: string; after: string } {
  const words = {
    replace: certain ? 'REPLACED' : 'MAY BE REPLACED',
    remove: 'REMOVED',
    unprotect: 'UNPROTECTED',
    destroy: 'DESTROYS',
  }
  const before = isOpen({ acceptance }) ? words[change] : `accepted: ${words[change].toLowerCase()}`
  return { before, after: [...because, ...meant(acceptance)].join('; ') }
}

function remade({ type, from, to, urn, resources: lost, acceptance }: Move): string | Group {
  const gone = `${from} (${shownType(type)}) is gone and ${to} has come, alike and without an alias`
  const what =
    lost === undefined ? 'what it holds is not known here' : `${number(lost)} resources are removed and made anew`
  const said = [`${gone}: ${what}`, ...meant(acceptance)].join('; ')
  return isOpen({ acceptance })
    ? { head: `REMADE ${said}. If it is the same one, give it the alias.`, items: [urn] }
    : `accepted: remade ${said}`
}

function isOpen({ acceptance }: { acceptance?: Acceptance | undefined }): boolean {
  return !acceptance || acceptance.over
}

function meant(acceptance: Acceptance | undefined): string[] {
  if (!acceptance) return []
  return [
    `${acceptance.over ? 'its acceptance ended on' : 'accepted until'} ${acceptance.until} (${acceptance.reason})`,
  ]
}

function acceptances(unused: Acceptance[]): Section[] {
  return section(
    'Entries of policies/changes.json that accept nothing here',
    unused.map(
      ({ resource, change, until, over }) => `${change} ${resource}, until ${until}${over ? ', which is over' : ''}`,
    ),
  )
}

function partLines({ part, parts, counts, folds }: ReturnType<typeof foldChanges>[number]): string[] {
  const counted = KINDS.filter((kind) => counts[kind] > 0).map((kind) => `${number(counts[kind])} ${kind}`)
  return [`${part}${parts > 1 ? ` (${number(parts)})` : ''}: ${counted.join(', ')}`, ...folds.flatMap(foldLines)]
}

function foldLines({ kind, type, names, formerly, properties }: Fold): string[] {
  const before = formerly === undefined ? '' : `, formerly ${formerly}`
  return [`  ${SIGNS[kind]} ${type} ${names}${before}`, ...properties.flatMap(propertyLines)]
}

function propertyLines({ path, values }: FoldedProperty): string[] {
  const shown = values.slice(0, MOST_VALUES)
  const left = values.slice(MOST_VALUES).reduce((sum, { count }) => sum + count, 0)
  const lines = shown.flatMap(({ says, count }) => {
    const times = values.length > 1 ? ` (${number(count)})` : ''
    return says.length === 1 ? [`${says[0]}${times}`] : [...says, ...(times ? [times.trim()] : [])]
  })
  if (lines.length === 1) return [`      ${path}: ${lines[0]}`]
  return [
    `      ${path}:`,
    ...lines.map((line) => `        ${line}`),
    ...(left > 0 ? [`        and others (${number(left)})`] : []),
  ]
}

function verdictSections(verdict: Verdict): Section[] {
  const { findings, mended, excepted, unused, ending } = verdict
  const broken = findings.filter(({ state }) => state === 'broken')
  const only = (level: Finding['level'], isNew: boolean) =>
    broken.filter((one) => one.level === level && one.isNew === isNew)
  const count = (isNew: boolean) => broken.filter((one) => one.isNew === isNew).length
  const counts = [`${count(true)} new`, `${count(false)} old`, `${mended} mended`, `${excepted.length} excepted`]
  return [
    { title: `Violations of policies: ${counts.join(', ')}`, blocks: [] },
    ...section('COULD NOT BE JUDGED', rules(findings.filter(({ state }) => state === 'unjudged'))),
    ...section('NEW VIOLATIONS, mandatory', rules(only('mandatory', true))),
    ...section('VIOLATIONS, mandatory', rules(only('mandatory', false))),
    ...section('New violations, advisory', rules(only('advisory', true))),
    ...section('Violations, advisory', rules(only('advisory', false))),
    ...section('EXCEPTED, and not at the base', rules(excepted.filter(({ isNew }) => isNew))),
    ...exceptedSections(excepted.filter(({ isNew }) => !isNew)),
    ...section('Exceptions that end within 30 days', ending.map(exception)),
    ...section('Exceptions that nothing needs', unused.map(exception)),
  ]
}

/** What has been excepted before: where it cannot be folded away, how much it is and when the first of it ends. */
function exceptedSections(excepted: ExceptedFinding[]): Section[] {
  const brief = [...Map.groupBy(excepted, ({ pack, rule }) => `${pack}/${rule}`)].map(([rule, some]) => {
    const [nearest = ''] = some.map(({ until }) => until).toSorted()
    return `${rule}: ${number(some.length)} until ${nearest}`
  })
  return section('Excepted for a while', rules(excepted)).map((one) => ({
    ...one,
    details: true,
    brief: lists(brief),
  }))
}

/** What breaks rules, rule by rule. */
function rules(findings: Finding[]): Group[] {
  return [...Map.groupBy(findings, ({ pack, rule }) => `${pack}/${rule}`)].map(([rule, some]) => {
    const [{ severity, description }] = some as [Finding]
    const left = some.length - MOST_NAMED
    return {
      head: `${rule} (${severity}): ${description}`,
      items: [
        ...some.slice(0, MOST_NAMED).map(({ sentence }) => sentence),
        ...(left > 0 ? [`and ${number(left)} more`] : []),
      ],
    }
  })
}

function exception({ pack, rule, resource, until, reason }: Excepted): string {
  return `${pack}/${rule} for ${resource}, until ${until}: ${reason}`
}

function problems({ problems: all, mended }: Review['plan']): Section[] {
  const only = (isNew: boolean) => all.filter((one) => one.isNew === isNew).map(({ sentence }) => sentence)
  return [
    ...section('What does NOT FIT any more', only(true)),
    ...section('What does NOT FIT', only(false)),
    ...section('What did not fit and does now', mended),
  ]
}

function figures({ base, plan: { totals, capacity, cost, currency } }: Review): Section[] {
  const compared = (some: Figure[]): Block => ({
    table: [
      ['', 'base', 'now', 'difference'],
      ...some.map(({ what, before = '', after = '', difference = '' }) => [what, before, after, difference]),
    ],
  })
  if (!base)
    return [
      {
        title: 'Size and cost',
        blocks: [{ table: [['', 'now'], ...totals.map(({ what, after = '' }) => [what, after])] }],
      },
    ]
  return [
    { title: 'Size and cost', blocks: [compared(totals)] },
    ...(capacity.length > 0 ? [{ title: 'Capacity, as far as it changes', blocks: [compared(capacity)] }] : []),
    ...(cost.length > 0 ? [{ title: `A month in ${currency}, as far as it changes`, blocks: [compared(cost)] }] : []),
  ]
}

function lists(sentences: (string | Group)[]): Block[] {
  return sentences.length === 0 ? [] : [{ list: sentences }]
}

/** A section of sentences, if there are any. */
function section(title: string, sentences: (string | Group)[]): Section[] {
  return sentences.length === 0 ? [] : [{ title, blocks: lists(sentences) }]
}
