import { expect, it } from 'vitest'
import { readColumn } from './columns.ts'
import { allLabels, pathOf } from './labels.ts'
import { mainField, type Place, singular, TABLE, takesDates } from './model.ts'

/** A place where something can be written: its column, and what that may hold. */
interface Line {
  column: string
  brackets: string[]
  holds: string
}

const PARTS = 'its parts'

/** Every column that the model gives, in its order; what can be said in brackets has no line of its own. */
function* lines(place: Place, path: string, said: (field: string, place: Place) => boolean): Generator<Line> {
  for (const [field, part] of Object.entries(place.properties ?? {})) {
    if (said(field, part)) continue
    const target = part.items ?? part
    const column = path + (part.type === 'array' ? singular(field) : field)
    const main = mainField(target)
    const value = main === undefined ? undefined : target.properties?.[main]
    if (target.type !== 'object') yield { column, brackets: [], holds: holds(field, target) }
    else if (main !== undefined && value)
      yield {
        column,
        brackets: [...bracketsOf(target), ...bracketsOf(value.items ?? {})],
        holds: value.items ? 'text' : holds(main, value),
      }
    else if (bracketsOf(target).length > 0) yield { column, brackets: bracketsOf(target), holds: PARTS }
    const isSaid = (name: string, { enum: terms }: Place) => name === main || name === 'lang' || terms !== undefined
    yield* lines(target, `${column}.`, isSaid)
  }
}

function bracketsOf({ properties = {} }: Pick<Place, 'properties'>): string[] {
  const terms = Object.entries(properties).flatMap(([field, { enum: terms }]) =>
    field === 'term' ? [] : (terms ?? []),
  )
  return [...('lang' in properties ? ['language'] : []), ...terms]
}

function holds(field: string, place: Place & { format?: string }): string {
  if (place.enum) return place.enum.join(', ')
  if (takesDates(field, place))
    return place.format === 'date' ? 'a day: 2026-03-18' : 'a date: 2026-03-18, 2026-03, 2026'
  return { integer: 'a whole number', number: 'a number', boolean: 'true or false' }[place.type as string] ?? 'text'
}

const alsoOf = (column: string) => {
  const last = column.replace(/^.*\./, '')
  return allLabels.filter(
    (label) => pathOf(label) === column || (column !== last && last !== 'type' && pathOf(label) === last),
  )
}
const code = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(' ')

// To make it anew, remove the file and run this test.
it('lists in docs/columns.md every column that there is', async () => {
  const all = [...lines(TABLE, '', () => false)]
  for (const { column, brackets, holds } of all)
    for (const bracket of ['', ...brackets.map((bracket) => `[${bracket === 'language' ? 'ja' : bracket}]`)])
      expect(() => readColumn(`${column}${bracket}${holds === PARTS ? '.title' : ''}`)).not.toThrow()
  const rows = all.map(
    ({ column, brackets, holds }) => `| \`${column}\` | ${alsoOf(column).join(', ')} | ${code(brackets)} | ${holds} |`,
  )
  const short = allLabels.filter((label) => /[.[]/.test(pathOf(label) ?? ''))
  const document = `# Columns of a table

Every column that a table for import may have, made from the record model. How a table is written is told by the operating guide, "Importing a table".

A list takes the number of a member in brackets too: \`creator[1].name[ja]\`. Where a column names people or organisations and stops there, their names are meant: \`creator[ja]\` is \`creator.name[ja]\`. The scheme of an identifier may stand for it: \`creator.orcid\` is \`creator.identifier[ORCID]\`.

| Column | Also | In brackets | Holds |
|---|---|---|---|
${rows.join('\n')}

Short for more:

| Column | Is |
|---|---|
${short.map((label) => `| ${label} | \`${pathOf(label)}\` |`).join('\n')}
`
  await expect(document).toMatchFileSnapshot('../../../../docs/columns.md')
})
