/** Words of reference pages. */
export const reference = {}
