import { core } from '@pulumi/kubernetes'
import { expect, test } from 'vitest'
import { all, cellOf } from '../../test/support/cell.ts'
import { Stack } from '../rule/stack.ts'
import { cellsOf, within } from './cells.ts'

const stack = new Stack(
  all(cellOf('nishi', { yukimi: ['yukimi.example'] })).map((resource) => ({
    ...resource,
    props: resource.inputs,
  })) as never,
)

test('finds cells by their configuration, with what institutions of them say', () => {
  expect(cellsOf(stack)).toMatchObject([
    {
      name: 'nishi',
      namespace: 'kura-cell-nishi',
      tenants: [{ id: 'yukimi', cell: 'nishi', hosts: ['yukimi.example'] }],
    },
  ])
})

test('finds what is in a namespace', () => {
  expect(within(stack, core.v1.ConfigMap, 'kura-cell-nishi')).toHaveLength(1)
  expect(within(stack, core.v1.ConfigMap, 'kura-cell')).toEqual([])
  expect(within(stack, core.v1.ConfigMap, 'default')).toEqual([])
})
