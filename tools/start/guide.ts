import { shown } from '../../app/cli/local.ts'
import type { ConfiguredTenant } from '../../app/config.ts'
import type { State } from './state.ts'

/** What is shown when everything runs: where the institutions are, and what to try. */
export function guide(tenants: ConfiguredTenant[], state: State): string {
  const institutions = tenants.map(({ url, initial: { name } }) => [
    `${url}/`,
    [name.ja, name.en].filter(Boolean).join('  '),
  ])
  const [{ id, url }] = tenants as [ConfiguredTenant]
  const trials = [
    ['an item, with its files', `${url}/items/1`],
    ['a search', `${url}/search?q=school`],
    ['an item in JSON', `curl -s ${url}/api/v1/items/1`],
    ['your own records', `npm run -s kura -- import --tenant ${id} <folder or file>`],
    ['a journal’s contents', `${url}/collections`],
    ['addresses and tokens', shown(state.local)],
    ['logs', shown(state.logs)],
  ]
  return ['', ...columns(institutions), '', 'To try', ...columns(trials), '', `${CLOSING}`, ''].join('\n')
}

/** The last line, by which tests know that everything runs. */
const CLOSING = 'Ctrl-C ends everything and keeps the data.'

function columns(rows: string[][]): string[] {
  const width = Math.max(...rows.map(([first = '']) => first.length))
  return rows.map(([first = '', second = '']) => `  ${first.padEnd(width)}  ${second}`)
}
