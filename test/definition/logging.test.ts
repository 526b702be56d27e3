import { beforeAll, describe, expect, test } from 'vitest'
import { linesWith } from '../../infra/operations/logging.ts'
import { identifier } from '../../tools/evaluate/answers.ts'
import { type Evaluation, reveal } from '../../tools/evaluate/index.ts'
import { fc } from '../support/property.ts'
import { evaluateStacks } from './stacks.ts'

const stacks: Record<string, Evaluation> = {}
beforeAll(async () => {
  Object.assign(stacks, await evaluateStacks())
}, 60_000)

interface Filter {
  filterType: string
  allowLists?: { key: string; pattern: string }[]
  keyName?: string
  reserveData?: boolean
  emitInvalidRecordToError?: boolean
}
interface Collection {
  groupAssociation: { groupLists: string[] }
  serviceConfiguration: {
    sources: { paths: string[]; parser: { parserType: string } }[]
    unifiedAgentConfigurationFilters: Filter[]
    destination: { logObjectId: string }
  }
}
interface Connector {
  source: { kind: string; logSources: { compartmentId: string; logGroupId: string; logId?: string }[] }
  target: { kind: string; bucket: string; objectNamePrefix: string }
}

function inputs<T>(stack: string, name: string): T {
  const found = stacks[stack]?.resources.find((resource) => resource.name === `kura-logging-${name}`)
  if (!found) throw new Error(`kura-logging-${name} was not declared`)
  return reveal(found.inputs) as T
}
/** The identifier of a log. */
const idOf = (log: 'everything' | 'keywords' | `bucket-${string}`) =>
  identifier('oci:Logging/log:Log', `kura-logging-${log}`, {})

/** As the agent's Ruby reads it: inline options are the same in both. */
const passes = (filter: Filter | undefined, line: string) =>
  filter?.allowLists?.every(({ pattern }) => new RegExp(pattern).test(line)) ?? false

describe.each(['dev', 'prod'] as const)('the stack %s', (stack) => {
  test('collects every line of every container on every node', () => {
    const { groupAssociation, serviceConfiguration } = inputs<Collection>(stack, 'collect-everything')
    expect(groupAssociation.groupLists).toHaveLength(1)
    expect(serviceConfiguration).toMatchObject({
      sources: [{ paths: ['/var/log/containers/*.log'], parser: { parserType: 'CRI' } }],
      destination: { logObjectId: idOf('everything') },
    })
    // What is no JSON passes as it is, and nothing is sorted out.
    expect(serviceConfiguration.unifiedAgentConfigurationFilters).toMatchObject([
      { filterType: 'PARSER_FILTER', keyName: 'message', reserveData: true, emitInvalidRecordToError: false },
    ])
  })

  test('lets lines with a keyword, in any case, pass to the log that is searched', () => {
    const { serviceConfiguration } = inputs<Collection>(stack, 'collect-keywords')
    const [keywords, json] = serviceConfiguration.unifiedAgentConfigurationFilters
    expect(serviceConfiguration.destination.logObjectId).toBe(idOf('keywords'))
    expect(keywords).toMatchObject({ filterType: 'GREP_FILTER', allowLists: [{ key: 'message' }] })
    // First the words, while the line is still whole.
    expect(json?.filterType).toBe('PARSER_FILTER')
    expect(passes(keywords, '{"level":"error","msg":"round failed"}')).toBe(true)
    expect(passes(keywords, 'ERROR:  canceling statement')).toBe(true)
    expect(passes(keywords, '{"level":"info","msg":"started"}')).toBe(false)
  })

  test('keeps what can be searched for as long as is set, and all else in the archive', () => {
    expect(inputs(stack, 'keywords')).toMatchObject({ retentionDuration: stack === 'dev' ? 30 : 90 })
    expect(inputs(stack, 'everything')).toMatchObject({ retentionDuration: 30 })
    const archives = ['containers', 'network', 'buckets', 'audit'].map((what) =>
      inputs<Connector>(stack, `archive-${what}`),
    )
    const sources = archives.flatMap(({ source }) =>
      source.logSources.map(({ logGroupId, logId }) => logId ?? logGroupId),
    )
    expect(sources).toEqual([
      idOf('everything'),
      expect.stringMatching(/^ocid1\.loggroup\./),
      expect.stringMatching(/^ocid1\.loggroup\./),
      // Not those of the bucket of logs: the archive would fill itself.
      ...(['contents', 'dumps', 'wal', 'snapshots'] as const).map((bucket) => idOf(`bucket-${bucket}`)),
      '_Audit_Include_Subcompartment',
    ])
    expect(new Set(sources).size).toBe(sources.length)
    expect(archives.map(({ target }) => [target.kind, target.objectNamePrefix])).toEqual([
      ['objectStorage', 'containers'],
      ['objectStorage', 'network'],
      ['objectStorage', 'buckets'],
      ['objectStorage', 'audit'],
    ])
  })

  test('searches logs that there are', () => {
    for (const [search, log] of [
      ['search-latest', 'keywords'],
      ['search-containers', 'keywords'],
      ['search-failed-requests', 'everything'],
    ] as const)
      expect(inputs<{ query: string }>(stack, search).query).toMatch(
        new RegExp(`^search "ocid1\\.compartment\\.[^/"]+/ocid1\\.loggroup\\.[^/"]+/${idOf(log)}" \\| \\w`),
      )
  })
})

test('a line passes if it has one of the words, whatever characters those are made of', () => {
  const word = fc.string({ minLength: 2, maxLength: 20, unit: 'grapheme-ascii' })
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 5 }),
      fc.string({ unit: 'grapheme-ascii' }),
      (words, line) => {
        const expected = words.some((text) => line.toLowerCase().includes(text.toLowerCase()))
        expect(passes(linesWith(words), line)).toBe(expected)
        expect(passes(linesWith(words), `${line}${words[0]?.toUpperCase()}`)).toBe(true)
      },
    ),
  )
})
