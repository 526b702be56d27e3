/** The StorageClass of block volumes: encrypted by our key, and grown in place. */
export const STORAGE = 'kura-block'

/** PriorityClasses, from what must run first to what can wait. */
export const PRIORITY = { data: 'kura-data', edge: 'kura-edge', cell: 'kura-cell', batch: 'kura-batch' }
