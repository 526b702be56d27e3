import { core } from '@pulumi/kubernetes'
import type { CellConfig } from '../../app/config.ts'
import type { TenantConfig } from '../../app/tenancy/schema.ts'
import type { Declared, Kind, Stack } from '../rule/index.ts'

/** A cell, as its pods are configured. */
export interface Cell {
  name: string
  namespace: string
  configuration: Declared<typeof core.v1.ConfigMap>
  /** What is told of the cell as a whole: the component, or its configuration where there is none. */
  whole: { name: string; urn: string }
  tenants: Tenant[]
}

/** An institution, as its cell's pods read it. */
export type Tenant = Pick<TenantConfig, 'id' | 'cell' | 'hosts' | 'purge'>

/** All cells: whatever has a cell's configuration is one. */
export function cellsOf(stack: Stack): Cell[] {
  return stack.of(core.v1.ConfigMap).flatMap((configuration) => {
    const { metadata, data = {} } = configuration.props
    if (!('kura.json' in data)) return []
    const { cell }: CellConfig = JSON.parse(data['kura.json'] as string)
    return [
      {
        name: cell,
        namespace: metadata?.namespace ?? 'default',
        configuration,
        whole: configuration.resource.parent ?? configuration,
        // Other files may not be known yet.
        tenants: Object.keys(data)
          .filter((file) => /^tenant\..+\.json$/.test(file))
          .map((file): Tenant => JSON.parse(data[file] as string)),
      },
    ]
  })
}

/** Resources of some kinds in a namespace. */
export function within<K extends Kind>(stack: Stack, kinds: K | K[], namespace: string): Declared<K>[] {
  return stack.of(kinds).filter(({ props }) => {
    const { metadata } = props as { metadata?: { namespace?: string } }
    return (metadata?.namespace ?? 'default') === namespace
  })
}
