import { expect, it } from 'vitest'
import { backendsOf } from './ingresses.ts'

it('an Ingress leads to its default and to what its paths name', () => {
  const service = (name: string) => ({ service: { name, port: { number: 80 } } })
  const path = (backend: object) => ({ path: '/', pathType: 'Prefix', backend })
  const bucket = { resource: { kind: 'Bucket', name: 'files' } }
  const rules = [{ host: 'a.example' }, { http: { paths: [path(service('one')), path(bucket), path(service('two'))] } }]
  expect(backendsOf({ spec: { defaultBackend: service('rest'), rules } } as never)).toEqual([
    { at: 'spec.defaultBackend.service', name: 'rest', port: { number: 80 } },
    { at: 'spec.rules[1].http.paths[0].backend.service', name: 'one', port: { number: 80 } },
    { at: 'spec.rules[1].http.paths[2].backend.service', name: 'two', port: { number: 80 } },
  ])
  expect(backendsOf({} as never)).toEqual([])
})
