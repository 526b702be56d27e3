/** ZIP archives (APPNOTE 6.3.10), read from a disk and written as they are read. */
export { isLeftBehind, openZip, type ZipDirectory, ZipRefused } from './directory.ts'
export { type Notes, writeZip, type ZipFile } from './write.ts'
