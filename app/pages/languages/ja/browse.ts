/** Words of browse pages. */
export const browse = {}
