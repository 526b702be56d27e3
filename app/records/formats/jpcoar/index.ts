/** JPCOAR schema 1.0, 2.0 and 2.1, in and out: https://schema.irdb.nii.ac.jp/ */
export { writeDissemination } from './dissemination.ts'
export { EDITIONS, type Edition, JPCOAR_1_0, JPCOAR_2_0, JPCOAR_2_1 } from './editions.ts'
export { PREFIXES, readJpcoar, readJpcoarTree } from './read.ts'
export { writeJpcoar } from './write.ts'
