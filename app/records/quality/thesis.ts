import type { Rule } from './rule.ts'

/** A doctoral thesis says which one it is, and which degree was granted for it, when and by whom. */
export const doctoralThesis: Rule = {
  name: 'thesis.doctoral',
  *find({ type, dissertationNumber, degreeNames, dateGranted, degreeGrantors }) {
    if (type.term !== 'doctoral thesis') return
    const missing = (path: string, what: string) => ({ path, message: `is missing: write ${what}` })
    if (dissertationNumber === undefined)
      yield missing('dissertationNumber', 'the number of the thesis, such as 甲第123号')
    if (degreeNames.length === 0) yield missing('degreeNames', 'the name of the degree, such as 博士（文学）')
    if (dateGranted === undefined) yield missing('dateGranted', 'the day on which the degree was granted')
    if (degreeGrantors.length === 0) yield missing('degreeGrantors', 'the university that granted the degree')
  },
}
