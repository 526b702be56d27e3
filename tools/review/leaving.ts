import type { CapturedResource } from '../evaluate/index.ts'

/** A cell comes with its first institution and goes with its last one; nothing is kept in it. */
const CELL = 'kura:cluster:Cell'

const NAMESPACE = 'kubernetes:core/v1:Namespace'

/**
 * Cells that are taken away whole: neither renamed nor moved, and with no institution that is left without a cell. By the
 * URNs of what they were made of, the cell's name.
 */
export function leavingCells(before: CapturedResource[], after: CapturedResource[]): Map<string, string> {
  const there = new Set(after.flatMap(({ urn, aliases }) => [urn, ...aliases]))
  const cells = new Set(after.flatMap(cellsOf))
  const used = new Set(after.flatMap(usedBy))
  const left = before.filter(({ type, urn }) => type === CELL && !there.has(urn))
  return new Map(
    left.flatMap(({ urn: cell, name }) => {
      const parts = before.filter(({ parent }) => parent === cell)
      const renamed = parts.flatMap(cellsOf).some((label) => cells.has(label))
      // An institution's password is for its cell alone, and goes with the institution.
      const stranded = parts
        .flatMap(usedBy)
        .some((urn) => urn.includes('random:index/randomPassword:') && there.has(urn) && !used.has(urn))
      return renamed || stranded ? [] : parts.map(({ urn }): [string, string] => [urn, name])
    }),
  )
}

/** The cell that a namespace says it is of. */
export function cellsOf({ type, inputs }: CapturedResource): string[] {
  if (type !== NAMESPACE) return []
  const { metadata } = inputs as { metadata?: { labels?: Record<string, string> } }
  const cell = metadata?.labels?.['kura/cell']
  return cell === undefined ? [] : [cell]
}

function usedBy({ propertyDependencies }: CapturedResource): string[] {
  return Object.values(propertyDependencies).flat()
}
