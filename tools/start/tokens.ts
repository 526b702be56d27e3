import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../../app/cli/local.ts'
import { fetchLocal } from '../../app/cli/localhost.ts'
import { PlainError } from '../../app/cli/plain-error.ts'

const SCOPES = ['import', 'items:write', 'files:read', 'settings:write', 'transfer']

/**
 * A token that may do at an institution everything that a token can: the one known from before if it still works.
 *
 * @param config what `KURA_CONFIG` names.
 * @throws PlainError if the institution is not available.
 */
export async function adminToken(
  { id, url }: { id: string; url: string },
  known: string | undefined,
  config: string,
): Promise<string> {
  return known !== undefined && (await isAccepted(url, known)) ? known : await makeToken(id, config)
}

/** Asked by a change that changes nothing: what came last of all scopes is what a token from before lacks. */
async function isAccepted(url: string, token: string): Promise<boolean> {
  const response = await fetchLocal(`${url}/api/v1/settings`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/merge-patch+json',
      'if-match': '*',
    },
    body: '{}',
  })
  const text = await response.text()
  return response.status !== 401 && !(response.status === 403 && text.includes('"Forbidden"'))
}

/** With the command that an operator would use. */
async function makeToken(tenant: string, config: string): Promise<string> {
  const command = [join(root, 'app/cli/kura.ts'), 'token', 'create', '--tenant', tenant]
  const scopes = SCOPES.flatMap((scope) => ['--scope', scope])
  const options = { cwd: root, env: { ...process.env, KURA_CONFIG: config } }
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [...command, ...scopes], options)
    return stdout.trim()
  } catch (error) {
    throw new PlainError(`No token could be made for ${tenant}: ${(error as { stderr: string }).stderr.trim()}`)
  }
}
