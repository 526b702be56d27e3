import { describe, expect, it } from 'vitest'
import { isOfAdministrators, isOfEverybody } from './grants.ts'
import { parseStatement, type Statement } from './statements.ts'

const by = (subject: string, where = '') =>
  parseStatement(`Allow ${subject} to read buckets in tenancy ${where}`) as Statement

describe('administrators', () => {
  it.each([
    ['group Administrators', true],
    ['group administrators', true],
    ['group Default/Administrators', true],
    ['group id ocid1.group.oc1..a', true],
    ['group Administrators, id ocid1.group.oc1..a', true],
    ['group Administrators, Operators', false],
    ['group Guests/Administrators', false],
    ['dynamic-group Administrators', false],
    ['any-user', false],
  ])('are who a statement is about: %s, %s', (subject, expected) => {
    expect(isOfAdministrators(by(subject), ['Administrators', 'ocid1.group.oc1..A'])).toBe(expected)
  })

  it.each([
    'Admit group Administrators of tenancy Partner to manage all-resources in tenancy',
    'Admit group Administrators of any-tenancy to manage all-resources in tenancy',
    'Admit group Administrators to manage all-resources in tenancy',
  ])('are not who has the same name in another tenancy: %s', (text) => {
    expect(isOfAdministrators(parseStatement(text) as Statement, ['Administrators'])).toBe(false)
  })
})

describe('everybody', () => {
  it.each([
    ['any-user', '', true],
    ['ANY-GROUP', '', true],
    ['any-user', "where request.region = 'nrt'", true],
    ['any-user', "where request.principal.type = 'workload'", false],
    ['any-user', "where any {request.principal.type = 'workload', request.principal.type = 'instance'}", false],
    ['any-user', "where request.principal.type != 'user'", false],
    ['group Operators', '', false],
  ])('is who a statement is about: %s %s, %s', (subject, where, expected) => {
    expect(isOfEverybody(by(subject, where))).toBe(expected)
  })
})
