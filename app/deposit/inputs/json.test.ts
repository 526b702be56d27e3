import { describe, expect, it } from 'vitest'
import { minimal } from '../../../test/support/depositor.ts'
import { fc } from '../../../test/support/property.ts'
import type { Incoming } from '../incoming.ts'
import type { Input } from './index.ts'
import { json } from './json.ts'
import { ndjson } from './ndjson.ts'

async function* inChunks(text: string | Uint8Array, sizes: number[]) {
  const bytes = Buffer.from(text as string)
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const size = sizes[n % sizes.length] as number
    yield bytes.subarray(at, at + size)
    at += size
  }
}

const read = async (input: Input, text: string | Uint8Array, sizes = [7]) => {
  const incoming: Incoming[] = []
  const call = { body: inChunks(text, sizes), limit: 1e9, scratch: '', charset: undefined, beside: {} }
  for await (const each of input.read(call)) incoming.push(each)
  return incoming.map(({ files: _, ...said }) => said)
}
const rules = async (text: string | Uint8Array, sizes?: number[]) =>
  (await read(json, text, sizes)).map(({ source, reading }) => source ?? reading.errors[0]?.rule)

describe('a JSON array', () => {
  it('means what the same values mean one a line, however it is spaced and cut', async () => {
    const values = fc.array(
      fc.oneof(
        fc.jsonValue(),
        fc.record({ source: fc.string({ minLength: 1 }), record: fc.jsonValue() }),
        fc.record({
          source: fc.string({ minLength: 1 }),
          record: fc.string().map((title) => minimal(`${title}"\\[{,`)),
        }),
      ),
      { maxLength: 6 },
    )
    await fc.assert(
      fc.asyncProperty(
        values,
        fc.constantFrom('', ' ', '\n\t'),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        async (values, space, sizes) => {
          const array = `${space}[${space}${values.map((value) => JSON.stringify(value)).join(`${space},${space}`)}${space}]${space}`
          const lines = values.map((value) => JSON.stringify(value)).join('\n')
          expect(await read(json, array, sizes)).toEqual(await read(ndjson, lines, sizes))
        },
      ),
    )
  })

  it('is a single record where it is an object', async () => {
    expect(await read(json, `\ufeff ${JSON.stringify({ source: 'one', record: minimal('One') }, null, 2)}`)).toEqual(
      await read(ndjson, JSON.stringify({ source: 'one', record: minimal('One') })),
    )
  })

  it.each(['[]', ' [ \n ] ', '\ufeff[]'])('is empty in %j', async (text) => {
    expect(await rules(text)).toEqual([])
  })

  it.each(['', '  ', '12', 'null', '"[]"', '<x/>'])('is not %j', async (text) => {
    await expect(rules(text)).rejects.toMatchObject({ status: 400 })
  })

  const a = JSON.stringify({ source: 'a', record: minimal('A') })
  it.each([
    ['a comma too many', `[${a},]`, ['a', 'json.syntax']],
    ['a comma before', `[,${a}]`, ['json.syntax']],
    ['a comma missing', `[${a} ${a}]`, ['json.syntax']],
    ['a brace missing', `[${a},{"source":"b"],${a}]`, ['a', 'json.syntax']],
    ['a quote missing', `[${a},{"source":"b},${a}]`, ['a', 'json.syntax']],
    ['a closing brace', `[${a},}]`, ['a', 'json.syntax']],
    ['no end', `[${a}`, ['json.syntax']],
    ['no end after a comma', `[${a},`, ['a', 'json.syntax']],
    ['another end', `[${a}] ]`, ['a', 'json.syntax']],
    ['more behind it', `[${a}]\n${a}`, ['a', 'json.syntax']],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from(`[${a},{"source":"`), Buffer.from([0x93, 0xfa]), Buffer.from(`"},${a}]`)]),
      ['a', 'json.encoding'],
    ],
  ])('that has %s holds up to there, and then says once what is wrong', async (_, text, expected) => {
    for (const sizes of [[1], [7], [1_000]]) expect(await rules(text, sizes)).toEqual(expected)
  })

  it('says where it is broken', async () => {
    const [, broken] = await read(json, `[${a}, {"source": oops}]`)
    expect(broken?.reading.errors[0]).toMatchObject({
      path: '[1]',
      message: expect.stringContaining(`element 1, from byte ${a.length + 2} of the body: Unexpected token`),
    })
  })

  it('passes over an element that is too long', async () => {
    const chunk = Buffer.alloc(2 ** 20, 0x61)
    async function* body() {
      yield Buffer.from(`[${a},{"source":"`)
      for (let i = 0; i < 21; i++) yield chunk
      yield Buffer.from(`"},{"source":"b","record":{}}]`)
    }
    const found = []
    for await (const { source, reading } of json.read({
      body: body(),
      limit: 1e9,
      scratch: '',
      charset: undefined,
      beside: {},
    }))
      found.push(source ?? reading.errors[0]?.rule)
    expect(found).toEqual(['a', 'json.length', 'b'])
  })

  it('lets go of a body that is neither an array nor an object', async () => {
    let closed = false
    async function* body() {
      try {
        yield Buffer.from('"text"')
        yield Buffer.from('more')
      } finally {
        closed = true
      }
    }
    const call = { body: body(), limit: 1e9, scratch: '', charset: undefined, beside: {} }
    await expect(json.read(call).next()).rejects.toMatchObject({ status: 400 })
    expect(closed).toBe(true)
  })
})
