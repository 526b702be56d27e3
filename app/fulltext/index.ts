export { extractTexts } from './extract.ts'
export { followFiles } from './follow-files.ts'
export { openTexts, readText } from './read.ts'
