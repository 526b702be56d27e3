import { scanAgain } from '../scan/index.ts'
import { withInstitution } from './institution.ts'
import { PlainError } from './plain-error.ts'

/**
 * Leaves work for the workers of an institution's cell: all of its files are scanned again, an item a second. Standard
 * output is one line of JSON: `{"items":n}`.
 *
 * @throws PlainError if the institution or the configuration is unknown, or names no scanner.
 */
export async function scanCommand(options: { tenant: string }): Promise<void> {
  await withInstitution(options.tenant, async (tenant) => {
    if (!tenant.scanner) throw new PlainError('this configuration has no scanner')
    process.stdout.write(`${JSON.stringify({ items: await scanAgain(tenant) })}\n`)
  })
}
