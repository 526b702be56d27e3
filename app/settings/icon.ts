import { html } from 'hono/html'
import { contrast } from '../pages/colour.ts'
import type { Settings } from '../tenancy/schema.ts'

/** The institution's icon as SVG: the first character of its name on its colour. */
export function iconOf({ name, languages, colour }: Pick<Settings, 'name' | 'languages' | 'colour'>): string {
  const own = (languages[0] && name[languages[0]]) ?? name.ja
  const [first] = new Intl.Segmenter(languages[0]).segment(own.trim())
  const ink = contrast(colour, '#ffffff') >= contrast(colour, '#000000') ? '#ffffff' : '#000000'
  return String(
    html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="${colour}"/><text x="16" y="16" dominant-baseline="central" text-anchor="middle" font-family="serif" font-size="20" font-weight="700" fill="${ink}">${first?.segment.toUpperCase() ?? ''}</text></svg>`,
  )
}
