import { type Left, type Measurement, type Run, SUITES, type Suite } from './measured.ts'

/** What stands above it in the file is written by hand. */
export const MARK = '<!-- From here on written by `npm run proof`, of what the last runs left. -->'

const HEADINGS: Record<Suite, string> = {
  engine: 'On the engine (`npm run test:engine`)',
  cluster: 'On the cluster (`npm run test:cluster`)',
}

/** The page with what was run and measured, and when. */
export function pageOf(page: string, { runs, measurements }: Left): string {
  const [written = ''] = page.split(MARK)
  const sections = SUITES.flatMap((suite) => [
    `## ${HEADINGS[suite]}`,
    ...runs.filter((run) => run.suite === suite).map(sentences),
    figures(measurements.filter(({ what }) => what.startsWith(`${suite}: `))),
  ])
  return `${written}${MARK}\n\n${sections.join('\n\n')}\n`
}

function sentences({ day, machine, seconds, tests }: Run): string {
  const held = tests.filter(({ state }) => state === 'passed')
  const list = tests.map(({ sentence, state }) => `- ${state === 'passed' ? '' : 'Left out: '}${escaped(sentence)}`)
  return `${day}, ${machine}: ${held.length} of ${tests.length} tests ran and held, in ${seconds} s.\n\n${list.join('\n')}`
}

function figures(measurements: Measurement[]): string {
  const rows = measurements
    .map(({ what, day, figures }) => {
      const said = Object.entries(figures).map(([name, value]) => `${name} ${value.toLocaleString('en')}`)
      return `| ${escaped(what.slice(what.indexOf(':') + 2))} | ${escaped(said.join('; '))} | ${day} |`
    })
    .sort()
  return ['| Measured | Figures | Day |', '|---|---|---|', ...rows].join('\n')
}

const escaped = (text: string) => text.replaceAll(/[|<>*_`[\]]/g, '\\$&')
