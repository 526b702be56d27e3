export { openTexts, readText } from './read.ts'
