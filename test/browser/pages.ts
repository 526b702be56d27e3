import type { Site } from './site.ts'

/** Every kind of page that readers meet, by what it is: its address, and its status where that is not 200. A line each. */
export const pages: { readonly [name: string]: (site: Site) => [address: string, status?: number] } = {
  'the front page': ({ full }) => [`${full}/`],
  'the front page of an institution that has nothing': ({ bare }) => [`${bare}/`],
  'a search that finds much': ({ full }) => [`${full}/search?q=tides`],
  'a search that is narrowed': ({ full }) => [`${full}/search?q=&type=journal+article&from=1995&to=2010`],
  'a search that finds nothing': ({ full }) => [`${full}/search?q=zzzz`],
  'a search of an institution that has nothing': ({ bare }) => [`${bare}/search`],
  'an item with every element': ({ full, items }) => [`${full}/items/${items.complete}`],
  'an item with the most of everything': ({ full, items }) => [`${full}/items/${items.longest}`],
  'an item with the least': ({ full, items }) => [`${full}/items/${items.least}`],
  'an item with files of each kind': ({ full, items }) => [`${full}/items/${items.files}`],
  'a version of an item': ({ full, items }) => [`${full}/items/${items.complete}/versions/1`],
  'a withdrawn item': ({ full, items }) => [`${full}/items/${items.withdrawn}`, 410],
  'all collections': ({ full }) => [`${full}/collections`],
  'all collections of an institution that has none': ({ bare }) => [`${bare}/collections`],
  'a collection': ({ full, collections }) => [`${full}/collections/${collections.list}`],
  'a bulletin’s contents': ({ full, collections }) => [`${full}/collections/${collections.contents}`],
  'about the repository': ({ full }) => [`${full}/about`],
  policies: ({ full }) => [`${full}/policies`],
  accessibility: ({ full }) => [`${full}/accessibility`],
  'what is not there': ({ full }) => [`${full}/papers/tide-tables.html`, 404],
  'a file under embargo': ({ full, items }) => [`${full}/items/${items.files}/files/later.txt`, 403],
  'a file that is closed': ({ full, items }) => [`${full}/items/${items.files}/files/closed.txt`, 403],
}
