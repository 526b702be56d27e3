import type { browse as ja } from '../ja/browse.ts'

export const browse: typeof ja = {}
