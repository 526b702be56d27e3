/** Words of site pages. */
export const site = {}
