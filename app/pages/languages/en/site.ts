import type { site as ja } from '../ja/site.ts'

export const site: typeof ja = {}
