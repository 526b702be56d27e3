import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { needPackages } from './packages.ts'

const run = promisify(execFile)

/**
 * Makes an authority (`ca.crt`), and a certificate of it for this machine's own name (`tls.crt`, `tls.key`), as the
 * platform has them made.
 */
export async function certify(folder: string): Promise<void> {
  await needPackages('openssl')
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const name = ['-addext', 'subjectAltName=DNS:localhost']
  await openssl('req', '-x509', ...key, '-days', '2', '-subj', '/CN=authority', '-keyout', 'ca.key', '-out', 'ca.crt')
  const signed = ['-CA', 'ca.crt', '-CAkey', 'ca.key']
  const own = ['-subj', '/CN=localhost', '-keyout', 'tls.key', '-out', 'tls.crt']
  await openssl('req', '-x509', ...key, ...name, '-days', '2', ...signed, ...own)
}
