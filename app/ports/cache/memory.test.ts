import { expect, it } from 'vitest'
import { memoryCaches } from './memory.ts'
import { cacheSuite } from './suite.ts'

cacheSuite(async () => memoryCaches())

it('makes room by what was asked for longest ago, whoever it belongs to, and keeps nothing larger than it', async () => {
  const caches = memoryCaches(10)
  const [a, b] = [caches.of('a'), caches.of('b')]
  await a.put('1', 'xxxx', 60)
  await b.put('2', 'xxxx', 60)
  expect(await a.get('1')).toBe('xxxx')
  await b.put('3', 'xxxx', 60)
  expect([await a.get('1'), await b.get('2'), await b.get('3')]).toEqual(['xxxx', undefined, 'xxxx'])
  await a.put('3', 'x'.repeat(11), 60)
  expect([await a.get('1'), await b.get('3'), await a.get('3')]).toEqual(['xxxx', 'xxxx', undefined])
  await a.put('1', 'x', 60)
  await a.put('4', 'xxxxx', 60)
  expect([await a.get('1'), await b.get('3'), await a.get('4')]).toEqual(['x', 'xxxx', 'xxxxx'])
})
