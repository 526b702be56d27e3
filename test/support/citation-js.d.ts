/** What tests use of citation-js, which has no types. */
declare module '@citation-js/core' {
  interface Name {
    family?: string
    given?: string
    literal?: string
  }
  export interface Read {
    id?: string
    type: string
    title?: string
    author?: Name[]
    /** Who made music. */
    composer?: Name[]
    issued?: { 'date-parts': number[][] }
  }
  export const plugins: {
    input: { chain(text: string, options: { generateGraph: false; forceType: string }): Read[] }
  }
}
declare module '@citation-js/plugin-bibtex'
declare module '@citation-js/plugin-ris'
