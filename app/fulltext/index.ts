export { extractTexts } from './extract.ts'
export { followFiles, isUnread } from './follow-files.ts'
export { openTexts, readText } from './read.ts'
