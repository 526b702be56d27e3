/** Words of item pages. */
export const item = {}
