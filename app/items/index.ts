export { importedAccess } from './access.ts'
export { type LockedItem, leaveWork, lockItem, numberInIdentifier, revise } from './change.ts'
export { disseminate, fileUrl, itemUrl, type StoredItem } from './disseminate.ts'
export type { Dissemination } from './dissemination.ts'
export {
  earliestDatestamp,
  type FeedEntry,
  type FeedRange,
  feedMoment,
  findInFeed,
  readFeed,
  readFeedItems,
} from './feed.ts'
export {
  carryOutDue,
  changeItem,
  type FilePatch,
  mustBeLive,
  mustBeSeen,
  mustEndLater,
  setAccess,
} from './operations.ts'
export { may, readableCollections, readableStatuses } from './permission.ts'
export { keepPlaces, placeOf } from './place.ts'
export { type PlacedItem, PRESENT, presentOf, readPresent } from './present.ts'
export { lastChange, publicIn, publicStretches, readPublic } from './public.ts'
export { publishIfMoved, publishMoved, republish } from './publish.ts'
export { entryOf, itemQuality } from './quality.ts'
export { countPublic, type Download, findDownload, readItem } from './read.ts'
export { readItems } from './read-many.ts'
export { etagOf, filesOf, readLiveItem, representItem } from './represent.ts'
export { itemRoutes } from './routes.ts'
export { Finding } from './schemas.ts'
export { issuedOf, namesOf } from './summary.ts'
