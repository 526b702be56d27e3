import type { Mutations } from '../../mutant.ts'

export default {} satisfies Mutations
