import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Settings } from '../infra/settings.ts'

/*
 * What guides point at is there: files, headings, commands, settings. Whether the sentences are true, people must see.
 */

const ROOT = join(import.meta.dirname, '..')
const guides = [
  'README.md',
  'delivery/README.md',
  ...readdirSync(join(ROOT, 'docs')).map((file) => `docs/${file}`),
].filter((file) => file.endsWith('.md'))
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

/** The text without its code, where brackets are no links and `#` is no heading. */
const prose = (text: string) =>
  text.replaceAll(/^( *)```.*?^\1```/gms, '').replaceAll(/`[^`\n]*`/g, (code) => 'x'.repeat(code.length))

/** How GitHub and GitLab make anchors of headings. */
const anchors = (text: string) =>
  [...text.replaceAll(/^( *)```.*?^\1```/gms, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

describe.each(guides)('%s', (file) => {
  const text = read(file)

  test('links to files and headings that there are', () => {
    for (const [, target = ''] of prose(text).matchAll(/\]\(([^)]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue
      const [path = '', anchor] = target.split('#')
      const linked = path === '' ? file : relative(ROOT, join(ROOT, dirname(file), path))
      expect(existsSync(join(ROOT, linked)), `${target}: no such file`).toBe(true)
      if (anchor !== undefined) expect(anchors(read(linked)), `${target}: no such heading`).toContain(anchor)
    }
  })

  test('names commands of npm that there are', () => {
    const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')))
    for (const [, command = ''] of text.matchAll(/npm run (?:-s )?([a-z][a-z:]*)/g))
      expect(Object.keys(scripts)).toContain(command)
  })

  test('names settings that there are', () => {
    for (const [, name = ''] of text.matchAll(/kura:([a-z][A-Za-z]*(?:\.[a-zA-Z]+)*)/g)) {
      // Types of components, as URNs have them.
      if (['cloud', 'cluster'].includes(name)) continue
      expect(settingNames, name).toContain(name)
    }
  })
})

/** All names of settings, nested ones with dots. */
const settingNames: string[] = (() => {
  const schema = z.toJSONSchema(Settings, { unrepresentable: 'any', io: 'input' })
  const names: string[] = []
  const walk = (node: z.core.JSONSchema._JSONSchema | undefined, path: string[]) => {
    if (typeof node !== 'object') return
    for (const part of [...(node.allOf ?? []), ...(node.anyOf ?? [])]) walk(part, path)
    for (const [key, value] of Object.entries(node.properties ?? {})) {
      names.push([...path, key].join('.'))
      walk(value, [...path, key])
    }
  }
  walk(schema, [])
  return names
})()
