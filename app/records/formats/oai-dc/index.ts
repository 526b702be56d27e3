/** Unqualified Dublin Core, in and out. */
export { readOaiDcTree } from './read.ts'
export { OAI_DC, writeOaiDc } from './write.ts'
