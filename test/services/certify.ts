import { execFile } from 'node:child_process'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { needPackages } from './packages.ts'

const run = promisify(execFile)
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']

/** Makes an authority in a folder: `ca.crt`, `ca.key`. */
export async function makeAuthority(folder: string): Promise<void> {
  await needPackages('openssl')
  const own = ['-subj', '/CN=authority', '-keyout', 'ca.key', '-out', 'ca.crt']
  await run('openssl', ['req', '-x509', ...KEY, ...own], { cwd: folder })
}

/** Makes a certificate for this machine's own name in a folder, `tls.crt` and `tls.key`, by the authority of another. */
export async function certify(folder: string, authority: string): Promise<void> {
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const by = ['-CA', join(authority, 'ca.crt'), '-CAkey', join(authority, 'ca.key')]
  const own = ['-keyout', 'tls.key', '-out', 'tls.crt']
  await run('openssl', ['req', '-x509', ...KEY, ...name, ...by, ...own], { cwd: folder })
  if (authority !== folder) await copyFile(join(authority, 'ca.crt'), join(folder, 'ca.crt'))
}
