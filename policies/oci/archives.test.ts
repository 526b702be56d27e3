import type { sch } from '@pulumi/oci'
import { describe, expect, it } from 'vitest'
import type { Declared } from '../rule/index.ts'
import { archives } from './archives.ts'

describe('archives', () => {
  it.each([
    ['objectStorage', undefined, true],
    ['objectstorage', 'ACTIVE', true],
    ['streaming', 'active', true],
    ['loggingAnalytics', undefined, true],
    ['objectStorage', 'INACTIVE', false],
    ['notifications', undefined, false],
    ['monitoring', undefined, false],
    ['functions', undefined, false],
  ])('is whether a connector keeps what it takes: to %s, %s, %s', (kind, state, expected) => {
    const props = { target: { kind }, ...(state && { state }) }
    expect(archives({ props } as Declared<typeof sch.Connector>)).toBe(expected)
  })
})
