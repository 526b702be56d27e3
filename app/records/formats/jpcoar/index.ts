/** JPCOAR schema 2.0, in and out (2.1 in): https://schema.irdb.nii.ac.jp/ */
export { writeDissemination } from './dissemination.ts'
export { readJpcoar } from './read.ts'
export { writeJpcoar } from './write.ts'
