/** BagIt (RFC 8493), in ZIP archives: https://www.rfc-editor.org/rfc/rfc8493 */
export { type Bag, BagInvalid, openBag } from './read.ts'
export { type PayloadFile, writeBag } from './write.ts'
