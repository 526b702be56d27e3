/**
 * Oracle's list prices in US dollars, one file so that a new list is one change. They are a capture of Oracle's price
 * interface that opencost keeps among its tests; of these, only the E5 prices were confirmed elsewhere. Look them up
 * again before any quotation.
 */

export const PRICE_LIST = { date: '2024-01-19', currency: 'USD' }

export const HOURS_PER_MONTH = 744

/** A price for each unit, of what is beyond `free` in a month. */
export interface Price {
  /** Oracle's part number. */
  part: string
  unit: string
  price: number
  free?: number
}

/** By the series in a shape's name, such as `VM.Standard.E5.Flex`. */
export const SHAPES: Record<string, { ocpu: Price; memory: Price }> = {
  E4: {
    ocpu: { part: 'B93113', unit: 'OCPU hour', price: 0.025 },
    memory: { part: 'B93114', unit: 'GB hour', price: 0.0015 },
  },
  E5: {
    ocpu: { part: 'B97384', unit: 'OCPU hour', price: 0.03 },
    memory: { part: 'B97385', unit: 'GB hour', price: 0.002 },
  },
  E6: {
    ocpu: { part: 'B111129', unit: 'OCPU hour', price: 0.03 },
    memory: { part: 'B111130', unit: 'GB hour', price: 0.002 },
  },
}

export const PRICES = {
  cluster: { part: 'B96545', unit: 'cluster hour', price: 0.1 },
  block: { part: 'B91961', unit: 'GB month', price: 0.0255 },
  performance: { part: 'B91962', unit: 'VPU GB month', price: 0.0017 },
  objects: { part: 'B91628', unit: 'GB month', price: 0.0255 },
  archive: { part: 'B91633', unit: 'GB month', price: 0.0026 },
  files: { part: 'B89057', unit: 'GB month', price: 0.3 },
  balancer: { part: 'B93030', unit: 'load balancer hour', price: 0.0113, free: 744 },
  bandwidth: { part: 'B93031', unit: 'Mbit/s hour', price: 0.0001, free: 7440 },
  circuit1: { part: 'B88325', unit: 'port hour of 1 Gbit/s', price: 0.2125 },
  circuit10: { part: 'B88326', unit: 'port hour of 10 Gbit/s', price: 1.275 },
  firewall: { part: 'B94579', unit: 'instance month', price: 5 },
  requests: { part: 'B94277', unit: 'million requests', price: 0.6, free: 10 },
  logs: { part: 'B92593', unit: 'GB month', price: 0.05, free: 10 },
  keys: { part: 'B92092', unit: 'key version month', price: 0.5334, free: 20 },
  privateVault: { part: 'B90328', unit: 'vault hour', price: 3.724 },
  egress: { part: 'B93455', unit: 'GB', price: 0.025, free: 10_240 },
} satisfies Record<string, Price>
