/** The StorageClass of block volumes. */
export const STORAGE = 'kura-block'

/** PriorityClasses, the most important first: who stays when nodes are short. */
export const PRIORITY = { data: 'kura-data', edge: 'kura-edge', cell: 'kura-cell', batch: 'kura-batch' }
