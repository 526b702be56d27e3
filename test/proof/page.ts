import { type Measurement, type Run, SUITES, type Suite } from './left.ts'

/** What stands above it in the file is written by hand. */
export const MARK = '<!-- From here on written by `npm run proof`, of what the last runs left. -->'

const HEADINGS: Record<Suite, string> = {
  engine: 'On the engine (`npm run test:engine`)',
  cluster: 'On the cluster (`npm run test:cluster`)',
}

/** The page with what was run and measured, and when. */
export function pageOf(page: string, runs: Run[]): string {
  const [written = ''] = page.split(MARK)
  const sections = SUITES.flatMap((suite) => [
    `## ${HEADINGS[suite]}`,
    ...runs.filter(({ file }) => file.startsWith(`test/${suite}/`)).map(sectionOf),
  ])
  return `${written}${MARK}\n\n${sections.join('\n\n')}\n`
}

function sectionOf({ file, day, machine, seconds, tests, measurements }: Run): string {
  const held = tests.filter(({ skipped }) => !skipped)
  const list = tests.map(({ sentence, skipped }) => `- ${skipped ? 'Left out: ' : ''}${escaped(sentence)}`)
  return [
    `### \`${file}\``,
    `${day}, ${machine}: ${held.length} of ${tests.length} tests ran and held, in ${seconds} s.`,
    list.join('\n'),
    ...(measurements.length === 0 ? [] : [figures(measurements)]),
  ].join('\n\n')
}

function figures(measurements: Measurement[]): string {
  const rows = measurements.map(({ what, figures }) => {
    const said = Object.entries(figures).map(([name, value]) => `${name} ${value.toLocaleString('en')}`)
    return `| ${escaped(what)} | ${escaped(said.join('; '))} |`
  })
  return ['| Measured | Figures |', '|---|---|', ...rows].join('\n')
}

const escaped = (text: string) => text.replaceAll(/[|<>*_`[\]]/g, '\\$&')
