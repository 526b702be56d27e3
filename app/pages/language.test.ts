import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { bilingual, japaneseOnly } from '../../test/pages/examples.ts'
import type { Settings } from '../tenancy/schema.ts'
import { chooseLanguage, pageFor } from './language.ts'

describe('the language of a page', () => {
  const offered = ['ja', 'en'] as const

  test('is the one asked for, before all else', () => {
    expect(chooseLanguage({ asked: 'en', remembered: 'ja', accepted: 'ja' }, offered)).toBe('en')
  })

  test('is the one remembered, before what the browser accepts', () => {
    expect(chooseLanguage({ remembered: 'en', accepted: 'ja' }, offered)).toBe('en')
  })

  test('is the one that the browser accepts most', () => {
    expect(chooseLanguage({ accepted: 'fr, ja;q=0.3, en-GB;q=0.8' }, offered)).toBe('en')
    expect(chooseLanguage({ accepted: 'en;q=0, ja;q=0.1' }, ['en', 'ja'])).toBe('ja')
  })

  test('is the institution’s first where nothing else is said', () => {
    expect(chooseLanguage({}, offered)).toBe('ja')
    expect(chooseLanguage({ accepted: '*' }, ['en', 'ja'])).toBe('en')
    expect(chooseLanguage({ accepted: 'fr' }, ['en', 'ja'])).toBe('en')
  })

  test('is never one that the institution does not offer', () => {
    expect(chooseLanguage({ asked: 'en', remembered: 'en', accepted: 'en' }, ['ja'])).toBe('ja')
    expect(chooseLanguage({ asked: 'xx' }, offered)).toBe('ja')
  })
})

describe('a request', () => {
  const ask = (
    path: string,
    headers = {},
    url = 'https://repository.minato.example',
    institution: Settings = bilingual,
  ) =>
    new Hono()
      .get('*', (c) => {
        const { language, path } = pageFor(c, institution, { url, timeZone: 'Asia/Tokyo' })
        return c.json({ language, path })
      })
      .request(path, { headers })

  test('names its page without the language', async () => {
    const response = await ask('/search?q=%E6%BD%AE%E4%BD%8D&lang=en&after=x')
    expect(await response.json()).toEqual({ language: 'en', path: '/search?q=%E6%BD%AE%E4%BD%8D&after=x' })
    expect(await (await ask('/items/1?lang=en')).json()).toEqual({ language: 'en', path: '/items/1' })
  })

  test('for a language is remembered in a cookie of this host alone', async () => {
    const response = await ask('/?lang=en')
    expect(response.headers.get('set-cookie')).toBe(
      '__Host-lang=en; Max-Age=31536000; Path=/; HttpOnly; Secure; SameSite=Lax',
    )
    const again = await ask('/', { cookie: '__Host-lang=en' })
    expect(await again.json()).toMatchObject({ language: 'en' })
    expect(again.headers.get('set-cookie')).toBeNull()
  })

  test('over plain http is remembered without what needs https', async () => {
    const response = await ask('/?lang=en', {}, 'http://minato.localhost:8080')
    expect(response.headers.get('set-cookie')).toBe('lang=en; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax')
  })

  test('is told what the language depended on', async () => {
    const { headers } = await ask('/', { 'accept-language': 'en' })
    expect(headers.get('vary')).toBe('Accept-Language, Cookie')
    expect(headers.get('content-language')).toBe('en')
  })

  test('to an institution with one language leaves no cookie and varies by nothing', async () => {
    const { headers } = await ask('/?lang=en', {}, 'https://yamanobe.example', japaneseOnly)
    expect(headers.get('set-cookie')).toBeNull()
    expect(headers.get('vary')).toBeNull()
    expect(headers.get('content-language')).toBe('ja')
  })
})
