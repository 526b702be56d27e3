import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWithReference } from '../conformance/shared.ts'
import { measured } from '../proof/measured.ts'
import { forEach } from './api.ts'
import { declare, type LoadedCluster, startLoaded } from './loaded.ts'

const run = promisify(execFile)
const DOCS = join(import.meta.dirname, '../../docs')

/** Verbs that ask, that change something, and that are about what goes on in a pod. */
const ASKING = ['get', 'describe']
const CHANGING = ['create', 'delete', 'patch', 'annotate', 'scale', 'taint']
const INSIDE = ['logs', 'exec', 'port-forward', 'rollout', 'wait']

/** What comes of other commands of the page, of operators, who are not here, or of an institution that is purged. */
const NOT_HERE =
  /^(job\/(now|first|by-hand|before|check|restore-aozora)|restore|physical|kura-data-restored(-0)?|--from=cronjob\/purge|restored\.yaml|svc\/kura-data-rabbitmq|deploy\/cert-manager|acme-account|challenges)$/

/** A command of the guide, as somebody writes it. */
interface Command {
  file: string
  words: string[]
}

/** All commands of the guide that begin with `kubectl`, to the end of the line or to what the shell does with them. */
function commands(): Command[] {
  return globSync('*.md', { cwd: DOCS }).flatMap((file) =>
    [
      ...readFileSync(join(DOCS, file), 'utf8').matchAll(/(?<=^|[\s`(])kubectl ((?:"[^"]*"|'[^']*'|[^`|&;#\n)])+)/gm),
    ].map(([, text = '']) => ({
      file,
      words: [...text.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) =>
        word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'),
      ),
    })),
  )
}

describeWithReference('prod', () => {
  let cluster: LoadedCluster
  let node: string
  beforeAll(async () => {
    cluster = await startLoaded((await declare('prod')).declared)
    node = (await cluster.core.listNode()).items[0]?.metadata?.name ?? ''
  })
  afterAll(() => cluster?.[Symbol.asyncDispose]())

  /** A word of a command with something of this stack in the place of what stands for it. */
  const filled = (word: string) =>
    word
      .replace(/^(LEADER|<primary>)$/, 'kura-data-postgresql-0')
      .replace(/^(NODE|<node>)$/, node)
      .replace(/^((kura-)?cell-)[^-]+/, '$1higashi')
      .replace(/(kura-data-elasticsearch-nodes-)(\d+|\$n)$/, '$10')

  /** How a command is tried; not at all, if it is about what is not here. */
  function tried(words: string[]): { args: string[]; container?: string | undefined } | undefined {
    const own = words.slice(0, words.includes('--') ? words.indexOf('--') : undefined).map(filled)
    if (own.some((word) => NOT_HERE.test(word) || /[<…]|^(job\/)?NAME/.test(word))) return undefined
    const rest = own.filter(
      (word, index) => !word.startsWith('-') && !/^(-n|--namespace|-c|-l)$/.test(own[index - 1] ?? ''),
    )
    const after = (flag: RegExp) => own[own.findIndex((word) => flag.test(word)) + 1]
    const [verb = '', ...objects] = rest
    if (ASKING.includes(verb)) return { args: own }
    if (CHANGING.includes(verb)) return { args: [...own, '--dry-run=server'] }
    const object = objects[verb === 'rollout' ? 1 : 0]
    if (!INSIDE.includes(verb) || object === undefined) return undefined
    const names = 'jsonpath={..initContainers[*].name} {..containers[*].name}'
    return {
      args: [
        '-n',
        after(/^(-n|--namespace)$/) ?? '',
        'get',
        ...(object.includes('/') ? [object] : ['pod', object]),
        '-o',
        names,
      ],
      container: own.includes('-c') ? after(/^-c$/) : undefined,
    }
  }

  test('has every object that the guide’s commands of kubectl are about, as far as it is ours, and would make the changes that they ask for', async () => {
    const kubectl = join(cluster.control.programs, 'kubectl')
    const all = commands()
    const known = all.flatMap((command) => {
      const how = tried(command.words)
      return how ? [{ ...command, ...how, said: '' }] : []
    })
    /** Those that fail, with what is said to them. */
    const failing = async (these: typeof known) => {
      const failed: typeof known = []
      await forEach(these, async (command) => {
        const { args, container } = command
        await run(kubectl, [`--kubeconfig=${cluster.control.kubeconfig}`, ...args])
          .then(({ stdout }) => {
            // A list does not fail where it finds nothing; a field of one object may be set later, or elsewhere.
            // Those of pods by their phase look for what is not well.
            const mayFindNothing = args.includes('-o') || args.some((arg) => arg.includes('status.phase'))
            if (args.includes('get') && !mayFindNothing && stdout === '') throw new Error('there is nothing of it')
            if (container && !stdout.split(' ').includes(container)) throw new Error(`${container} is not in ${stdout}`)
          })
          .catch(({ message }: Error) => failed.push({ ...command, said: message }))
      })
      return failed
    }
    // Controllers may still be at it.
    let left = known
    const words = async () => {
      left = await failing(left)
      return left.map(({ file, words, said }) => `${file}: kubectl ${words.join(' ')}: ${said}`)
    }
    await expect.poll(words, { timeout: 180_000 }).toEqual([])
    expect(known.length).toBeGreaterThan(60)
    measured('commands of the guide', { 'commands that begin with kubectl': all.length, tried: known.length })
  })
})
