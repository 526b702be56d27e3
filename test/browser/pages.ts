import type { Site } from './site.ts'

/**
 * Every kind of page that readers meet, by what it is: its address, its status where that is not 200, and its bytes at
 * most where it may have more than others. A line each.
 */
export const pages: { readonly [name: string]: (site: Site) => [address: string, status?: number, bytes?: number] } = {
  'the front page': ({ full }) => [`${full}/`],
  'the front page of an institution that has nothing': ({ bare }) => [`${bare}/`],
  'a search that finds much': ({ full }) => [`${full}/search?q=tides`],
  'a search that is narrowed': ({ full }) => [`${full}/search?q=&type=journal+article&from=1995&to=2010`],
  'a search with pages of another size and order': ({ full }) => [`${full}/search?q=tides&size=50&sort=oldest`],
  'a search that finds nothing': ({ full }) => [`${full}/search?q=zzzz`],
  'a search of an institution that has nothing': ({ bare }) => [`${bare}/search`],
  'an item with every element': ({ full, items }) => [`${full}/items/${items.complete}`],
  'an item with a thousand authors': ({ full, items }) => [`${full}/items/${items.longest}`],
  // Whole without scripts it names every file.
  'an item with a thousand files': ({ full, items }) => [`${full}/items/${items.manyFiles}`, 200, 80_000],
  'an item with the least': ({ full, items }) => [`${full}/items/${items.least}`],
  'an item with files of each kind': ({ full, items }) => [`${full}/items/${items.files}`],
  'a PDF': ({ full, items }) => [`${full}/items/${items.files}/preview/article.pdf`],
  'an image': ({ full, items }) => [`${full}/items/${items.files}/preview/picture.png`],
  'a table': ({ full, items }) => [`${full}/items/${items.files}/preview/table.csv`],
  'a text': ({ full, items }) => [`${full}/items/${items.files}/preview/notes.txt`],
  'a version of an item': ({ full, items }) => [`${full}/items/${items.complete}/versions/1`],
  'a withdrawn item': ({ full, items }) => [`${full}/items/${items.withdrawn}`, 410],
  'all collections': ({ full }) => [`${full}/collections`],
  'all collections of an institution that has none': ({ bare }) => [`${bare}/collections`],
  'a collection': ({ full, collections }) => [`${full}/collections/${collections.list}`],
  'a bulletin’s contents': ({ full, collections }) => [`${full}/collections/${collections.contents}`],
  'a collection below many': ({ full, collections }) => [`${full}/collections/${collections.deepest}`],
  people: ({ full }) => [`${full}/people`],
  'people whose names begin alike': ({ full }) => [`${full}/people?prefix=%E6%B9%8A`],
  'people of an institution that has none': ({ bare }) => [`${bare}/people`],
  subjects: ({ full }) => [`${full}/subjects`],
  'the reference of the API': ({ full }) => [`${full}/api`],
  'a part of the reference': ({ full }) => [`${full}/api/items`],
  'what the API’s documents are made of': ({ full }) => [`${full}/api/schemas`],
  'about the repository': ({ full }) => [`${full}/about`],
  policies: ({ full }) => [`${full}/policies`],
  accessibility: ({ full }) => [`${full}/accessibility`],
  'what is not there': ({ full }) => [`${full}/papers/tide-tables.html`, 404],
  'what cannot be asked': ({ full, items }) => [`${full}/items/${items.files}/files/%00`, 400],
  'a file under embargo': ({ full, items }) => [`${full}/items/${items.files}/files/later.txt`, 403],
  'a repository that is closed': ({ closed }) => [`${closed}/`, 410],
  'a repository whose database is lost': ({ lost }) => [`${lost}/`, 503],
  'a file that is closed': ({ full, items }) => [`${full}/items/${items.files}/files/closed.txt`, 403],
}
