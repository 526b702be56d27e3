import { Problem } from '../../platform/problem.ts'

/**
 * The SHA-256 that headers of digests give (RFC 9530): `sha-256=:<base64>:`. Other algorithms are passed over.
 *
 * @throws Problem 400 for what is said to be a SHA-256 and is none.
 */
export function sha256In(headers: Headers): Buffer[] {
  return ['content-digest', 'repr-digest'].flatMap((name) => {
    const members = headers.get(name)?.split(',') ?? []
    return members.flatMap((member) => {
      const [, value] = /^\s*sha-256\s*=(.*)$/.exec(member) ?? []
      if (value === undefined) return []
      const [, digest] = /^:([A-Za-z0-9+/]{43}=):\s*$/.exec(value) ?? []
      if (digest === undefined)
        throw new Problem(400, 'Bad request', `${name}: a SHA-256 is written sha-256=:<44 characters of base64>:`)
      return [Buffer.from(digest, 'base64')]
    })
  })
}

/** @throws Problem 422 where the bytes that arrived are not those that were sent. */
export function mustMatch(expected: Buffer[], sha256: Buffer): void {
  if (expected.every((digest) => digest.equals(sha256))) return
  const arrived = sha256.toString('base64')
  throw new Problem(
    422,
    'Digest differs',
    `What arrived has sha-256=:${arrived}: and is not what was sent: send it again.`,
  )
}
