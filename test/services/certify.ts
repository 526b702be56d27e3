import { execFile } from 'node:child_process'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { needPackages } from './packages.ts'

const run = promisify(execFile)
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']

/** Makes an authority (`ca.crt`, `ca.key`). */
export async function makeAuthority(folder: string): Promise<void> {
  await needPackages('openssl')
  const own = ['-subj', '/CN=authority', '-keyout', 'ca.key', '-out', 'ca.crt']
  await run('openssl', ['req', '-x509', ...NEW_KEY, ...own], { cwd: folder })
}

/**
 * Makes a certificate for this machine's own name (`tls.crt`, `tls.key`), as the platform has them made: by the authority
 * in another folder, which is copied, or by one of its own.
 */
export async function certify(folder: string, authority = folder): Promise<void> {
  if (authority === folder) await makeAuthority(folder)
  else await copyFile(join(authority, 'ca.crt'), join(folder, 'ca.crt'))
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const by = ['-CA', join(authority, 'ca.crt'), '-CAkey', join(authority, 'ca.key')]
  const own = ['-keyout', 'tls.key', '-out', 'tls.crt']
  await run('openssl', ['req', '-x509', ...NEW_KEY, ...name, ...by, ...own], { cwd: folder })
}
