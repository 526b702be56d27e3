import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe } from 'vitest'

const REFERENCE = join(import.meta.dirname, '../../../shared/reference')

/** A run that is there to check must not pass for want of something to check against. */
if (!existsSync(REFERENCE) && process.env.CI === 'true') {
  throw new Error('The schemas and samples to check against are missing: ../shared/reference beside the repository')
}

/**
 * A suite that checks against the reference. Skipped, saying why, in a user's clone, which has none to check against;
 * where CI is set it cannot be, as that has stopped above.
 */
export const describeWithReference = (title: string, suite: () => void) =>
  existsSync(REFERENCE)
    ? describe(title, suite)
    : describe.skip(`${title} (skipped: ../shared/reference is not beside the repository)`, suite)

/** A file of the reference, as text. */
export const referenceText = (path: string) => readFileSync(join(REFERENCE, path), 'utf8')

/** The files in a folder of the reference and below, by their paths in it. Empty where there is no reference. */
export const referenceNames = (path: string) =>
  existsSync(REFERENCE)
    ? readdirSync(join(REFERENCE, path), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(join(REFERENCE, path), join(entry.parentPath, entry.name)))
        .sort()
    : []
