import type { Rule } from '../../rule/index.ts'

export default [] as Rule[]
