import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { settings } from './mapping.ts'

const root = join(import.meta.dirname, '../../..')
/** What Elasticsearch has by itself, of what indexes of ours name. */
const OWN = ['pattern', 'mapping', 'stemmer', 'shingle', 'pattern_capture', 'asciifolding', 'keyword', 'whitespace']

const partOf = (name: string): string => {
  if (name.startsWith('kuromoji_') || name === 'ja_stop') return 'analysis-kuromoji'
  if (name.startsWith('icu_')) return 'analysis-icu'
  return OWN.includes(name) ? 'Elasticsearch' : `nowhere: ${name}`
}

it('needs of a server what its image has', async () => {
  const { char_filter = {}, tokenizer = {}, filter = {}, analyzer = {} } = settings.analysis ?? {}
  const defined = { ...char_filter, ...tokenizer, ...filter } as Record<string, { type: string }>
  const used = Object.values(
    analyzer as Record<string, { char_filter?: string[]; tokenizer: string; filter?: string[] }>,
  )
    .flatMap(({ char_filter = [], tokenizer, filter = [] }) => [...char_filter, tokenizer, ...filter])
    .map((name) => defined[name]?.type ?? name)
  const image = await readFile(join(root, 'images/elasticsearch/Dockerfile'), 'utf8')
  const installed = image.match(/elasticsearch-plugin install --batch (.+)/)?.[1]?.split(' ') ?? []
  expect(new Set(used.map(partOf))).toEqual(new Set(['Elasticsearch', ...installed]))
})

it('is tried out on the very version that the image has', async () => {
  const image = await readFile(join(root, 'images/elasticsearch/Dockerfile'), 'utf8')
  const tested = await readFile(join(root, 'test/services/elasticsearch/pom.xml'), 'utf8')
  expect(tested).toContain(`<elasticsearch>${image.match(/^FROM .+:(.+)$/m)?.[1]}</elasticsearch>`)
})
