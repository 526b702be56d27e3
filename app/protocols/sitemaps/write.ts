/** An address below the institution's, and when what is there changed the last time, where that is known. */
export interface Address {
  /** From `/` on, with nothing in it that XML would have to escape. */
  path: string
  changed?: Date
}

const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9'

/** A sitemap. */
export const writeSitemap = (url: string, addresses: readonly Address[]) => write('urlset', 'url', url, addresses)

/** An index of sitemaps. */
export const writeIndex = (url: string, sitemaps: readonly Address[]) => write('sitemapindex', 'sitemap', url, sitemaps)

function write(root: string, entry: string, url: string, addresses: readonly Address[]): string {
  // By the line, and not as a tree: ten thousand entries are alike but for a number and a date.
  const lines = addresses.map(({ path, changed }) => {
    const modified = changed === undefined ? '' : `<lastmod>${changed.toISOString()}</lastmod>`
    return `<${entry}><loc>${url}${path}</loc>${modified}</${entry}>\n`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">\n${lines.join('')}</${root}>\n`
}
