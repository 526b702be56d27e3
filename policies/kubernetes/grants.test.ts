import { describe, expect, it } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { type Grant, given } from './grants.ts'

const EXEC: Grant = { apiGroup: '', resources: ['pods/exec', 'pods/attach'], verbs: ['create', 'get'] }

describe('what a role gives of a grant', () => {
  it.each([
    [{ apiGroups: [''], resources: ['pods', 'pods/exec'], verbs: ['list', 'create'] }, 'create on pods/exec'],
    [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }, '* on *'],
    [{ apiGroups: [''], resources: ['*/exec'], verbs: ['get'] }, 'get on */exec'],
    [{ apiGroups: [''], resources: ['pods/attach'], verbs: ['*'] }, '* on pods/attach'],
    [{ apiGroups: ['apps'], resources: ['*'], verbs: ['*'] }, undefined],
    [{ apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['create', 'get'] }, undefined],
    [{ apiGroups: [''], resources: ['pods/exec'], verbs: ['list'] }, undefined],
    [{ apiGroups: [], resources: ['pods/exec'], verbs: ['create'] }, undefined],
    [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }, undefined],
  ])('of %j is %s', (rule, expected) => {
    expect(given(rule, EXEC)).toBe(expected)
  })

  it.each([
    ['userextras/scopes', 'impersonate on userextras/scopes'],
    ['*/scopes', 'impersonate on */scopes'],
    ['userextras', undefined],
    ['users/scopes', undefined],
  ])('of whichever subresource, of %s is %s', (resource, expected) => {
    const grant = { apiGroup: '', resources: ['userextras/*'], verbs: ['impersonate'] }
    expect(given({ apiGroups: [''], resources: [resource], verbs: ['impersonate'] }, grant)).toBe(expected)
  })

  it('never shrinks when the role gives more', () => {
    const some = (of: string[]) => fc.subarray([...of, '*'])
    const rules = fc.record({
      apiGroups: some(['', 'apps']),
      resources: some(['pods', 'pods/exec', '*/exec']),
      verbs: some(['get', 'list', 'create']),
    })
    fc.assert(
      fc.property(rules, rules, (one, other) => {
        const both = {
          apiGroups: [...one.apiGroups, ...other.apiGroups],
          resources: [...one.resources, ...other.resources],
          verbs: [...one.verbs, ...other.verbs],
        }
        if (given(one, EXEC)) expect(given(both, EXEC)).toBeDefined()
      }),
    )
  })
})
