export { addressOf, searchIn } from './address.ts'
export {
  type BrowsedName,
  type Browsing,
  browse,
  browsingIn,
  browsingParameters,
  type NameAlike,
  namesAlike,
} from './browse.ts'
export { nameOf, namesIn, tidy } from './document.ts'
export { indexItems } from './index-items.ts'
export { initials, type Listed } from './names.ts'
export { type Outline, outline } from './outline.ts'
export { type Facet, facets, type SearchResult, type Sort, sorts } from './port.ts'
export { reindex } from './reindex.ts'
export { related } from './related.ts'
export { createRenewals } from './renewals.ts'
export { Asked, searchRoutes } from './routes.ts'
export { type Found, isPlaceOf, pageSizes, type Search, search } from './search.ts'
export { searchService } from './service.ts'
export { type Marker, markerFor, type Segment } from './snippet.ts'
export { searchState } from './state.ts'
export { suggest } from './suggest.ts'
export { type Change, type Wider, wider } from './wider.ts'
