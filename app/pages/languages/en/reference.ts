import type { reference as ja } from '../ja/reference.ts'

export const reference: typeof ja = {}
