import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Evaluation } from '../../tools/evaluate/index.ts'
import { evaluateStacks, STACKS, type Stack } from './stacks.ts'

/*
 * What the guides tell Pulumi to work on (`--target`, `--replace`, a URN) is there, and the pattern of the first
 * deployment selects what lies in Oracle Cloud, all of it and nothing else.
 */
const DOCS = join(import.meta.dirname, '../../docs')
const guide = (file: string) => readFileSync(join(DOCS, file), 'utf8')
const deploying = guide('deploying.md')
const guides = readdirSync(DOCS)
  .filter((file) => file.endsWith('.md'))
  .map(guide)

/** How the engine reads a pattern: `**` is anything, `*` anything without a colon (`UrnTargets` of its source). */
const matcher = (pattern: string) =>
  new RegExp(
    `^${pattern
      .split('**')
      .map((part) => part.replaceAll(/[$.()[\]{}+?^|\\]/g, '\\$&').replaceAll('*', '[^:]*'))
      .join('.*')}$`,
  )

/** What a guide gives to an option, for a stack. */
const given = (text: string, option: RegExp, stack: Stack) =>
  [...text.matchAll(option)].map(([, pattern = '']) => pattern.replaceAll('STACK', stack))

let stacks: Record<Stack, Evaluation>
beforeAll(async () => {
  stacks = await evaluateStacks()
})

describe.each(STACKS)('the first deployment of %s', (stack) => {
  const patterns = given(deploying, /--target '([^']+)'/g, stack).map(matcher)
  const selected = (urn: string) => patterns.some((pattern) => pattern.test(urn))

  test('is told to make the cloud half by a pattern', () => {
    expect(patterns.length).toBeGreaterThan(0)
  })

  test('selects everything in Oracle Cloud, and nothing in the cluster', () => {
    for (const { urn, type } of stacks[stack].resources) {
      if (type.startsWith('oci:') || type.startsWith('kura:cloud:')) expect(selected(urn), urn).toBe(true)
      if (type.startsWith('kubernetes:') || type.startsWith('kura:cluster:')) expect(selected(urn), urn).toBe(false)
    }
  })

  test('selects nothing that hangs on what it leaves out', () => {
    // Providers and the stack itself are always part of it, as the engine has it.
    const implied = /::pulumi:(providers:|pulumi:Stack)/
    for (const { urn, dependencies, parent } of stacks[stack].resources.filter(({ urn }) => selected(urn)))
      for (const other of [...dependencies, parent])
        expect(selected(other) || implied.test(other), `${urn} hangs on ${other}`).toBe(true)
  })
})

test('what guides name to be replaced, targeted or unprotected is there', () => {
  const urns = stacks.prod.resources.map(({ urn }) => urn)
  const named = guides.flatMap((text) => given(text, /(?:--(?:target|replace)|unprotect) '([^']+)'/g, 'prod'))
  expect(named.length).toBeGreaterThan(5)
  for (const pattern of named)
    expect(
      urns.filter((urn) => matcher(pattern).test(urn)),
      pattern,
    ).not.toEqual([])
})
