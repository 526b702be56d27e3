import type { Settings } from '../../tenancy/schema.ts'

/** Months for which what is said is to be believed: less than a year (RFC 9116, section 2.5.5). */
const MONTHS = 6

/** Whom to tell of a weakness (RFC 9116). The same all through a month, so that it is not sent twice. */
export function writeSecurity({
  url,
  contact,
  languages,
  now,
}: { url: string; now: Date } & Pick<Settings, 'contact' | 'languages'>): string {
  const expires = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1 + MONTHS, 1))
  return [
    `Contact: mailto:${encodeURI(contact)}`,
    `Expires: ${expires.toISOString()}`,
    `Preferred-Languages: ${languages.join(', ')}`,
    `Canonical: ${url}/.well-known/security.txt`,
    '',
  ].join('\n')
}
