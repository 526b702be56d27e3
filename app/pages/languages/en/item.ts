import type { item as ja } from '../ja/item.ts'

export const item: typeof ja = {}
