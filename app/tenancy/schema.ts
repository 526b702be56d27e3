import { z } from 'zod'

/**
 * What an institution's file (`infra/tenants/<stack>/<id>.yaml`) may say. The platform and the application read it
 * by this one schema, so that neither can understand it differently.
 */

const HOST_LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'

/** A host name as RFC 1123 (section 2.1) writes it, in small letters, with at least two labels and no port. */
const Host = z
  .string()
  .max(253)
  .regex(
    new RegExp(`^(?:${HOST_LABEL}\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$`),
    'must be a host name in small letters with at least two parts and no scheme, port or path, such as repository.example.ac.jp',
  )

/** Names of cells and institutions become namespaces, databases and roles: one form for all. */
const Name = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be small letters, digits and single hyphens, starting with a letter')
  .max(32)

/** A few words in each language. */
export const Label = z.strictObject({ ja: z.string().min(1).max(200), en: z.string().min(1).max(200).optional() })
/**
 * Markdown in each language that an institution offers, of this many characters at most. Japanese is the language of the
 * service; English may follow.
 */
const markdown = (length: number) => {
  const text = z.string().min(1).max(length)
  return z.strictObject({ ja: text, en: text.optional() })
}
const Language = z.enum(['ja', 'en'])
const Colour = z.string().regex(/^#[0-9a-f]{6}$/, 'must be a colour such as #1a5276')

const WebAddress = z.url({ protocol: /^https?$/ }).max(2_000)
/** Where a link leads, and what it says. */
const Link = z.strictObject({ label: Label, url: WebAddress })

/** What belongs to the institution itself: seeded once from the file's `initial:` section, then kept in its database. */
export const Settings = z.strictObject({
  name: Label,
  /** Languages of the pages, the default first. */
  languages: z
    .array(Language)
    .min(1)
    .refine((languages) => new Set(languages).size === languages.length, 'must name each language once'),
  /** The colour of links, buttons and the header's line. Shades that can be read and tints are derived from it. */
  colour: Colour,
  /** The colour of the header's line where it is another one. Nothing is read in it. */
  accent: Colour.optional(),
  /** The institution's own words on its front page. */
  welcome: markdown(2_000).optional(),
  /** What the repository is and who runs it: `/about`. */
  about: markdown(20_000).optional(),
  /** What is taken in, who may use it and how, how long it is kept: `/policies`. */
  policies: markdown(20_000).optional(),
  /** How accessible it is and where readers turn: `/accessibility`, in place of the software's own statement. */
  accessibility: markdown(20_000).optional(),
  /** Where readers turn with questions. */
  contact: z.email(),
  links: z.array(Link).max(20).default([]),
  /** The university or service that the repository belongs to. */
  partOf: Link.optional(),
})

/** Kinds of image that a logo may be, by media type, with the ending of its address. */
export const logoTypes = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/svg+xml': 'svg',
} as const
export type LogoType = keyof typeof logoTypes

/** What is known of an institution's logo beside its bytes. */
export const Logo = z.strictObject({
  type: z.enum(Object.keys(logoTypes) as [LogoType, ...LogoType[]]),
  /** CSS pixels. Of an SVG that says no size, its proportions alone count. */
  width: z.number().positive(),
  height: z.number().positive(),
  /** SHA-256, hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

/** What the application is told of an institution as its file says it. */
const told = {
  id: Name,
  /** The first is canonical and gives the institution's address; the others are redirected to it. */
  hosts: z.array(Host).min(1).max(16),
  cell: Name,
  /** `readonly` refuses changes; `closed` answers readers that the repository is closed. Neither deletes anything. */
  state: z.enum(['open', 'readonly', 'closed']).default('open'),
  /** Day on which everything that the institution has is deleted for good; only of one that is closed. */
  purge: z.iso.date().optional(),
  /** IANA time zone in which this institution's dates begin and end. */
  timeZone: z
    .string()
    .refine(
      (zone) => Intl.supportedValuesOf('timeZone').includes(zone),
      'must be an IANA time zone, such as Asia/Tokyo',
    )
    .default('Asia/Tokyo'),
  limits: z
    .strictObject({
      /** GiB of files that the institution may store. */
      storage: z.number().positive().max(1_000_000).default(50),
      /** GiB of one upload. */
      upload: z.number().positive().max(1_000).default(20),
      /** Database connections that one process may hold for this institution. */
      connections: z.int().min(2).max(50).default(4),
    })
    .prefault({}),
  initial: Settings,
}

const purgesClosed = ({ purge, state }: { purge?: string | undefined; state: string }) =>
  purge === undefined || state === 'closed'
const PURGES_CLOSED = { path: ['purge'], message: 'is allowed only with state: closed' }

export const TenantFile = z
  .strictObject({
    ...told,
    /** Load balancer that serves the hosts outside the platform's own domain: 1, 2, … Its certificate names 90 at most. */
    group: z.int().min(1).max(50).optional(),
  })
  .refine(purgesClosed, PURGES_CLOSED)

/** An institution as a cell's configuration carries it, with the address that follows from its first host. */
export const TenantConfig = z
  .object({ ...told, url: z.url({ protocol: /^https?$/ }) })
  .refine(purgesClosed, PURGES_CLOSED)

export type TenantFile = z.infer<typeof TenantFile>
export type TenantConfig = z.infer<typeof TenantConfig>
export type Settings = z.infer<typeof Settings>
export type Logo = z.infer<typeof Logo>
/** An institution's site as its pages are made with it: its settings, and its logo if it has one. */
export type Site = Settings & { logo?: Logo }
/** Markdown in Japanese and perhaps English. */
export type Markdown = NonNullable<Settings['welcome']>
export type Label = z.infer<typeof Label>
export type Language = z.infer<typeof Language>

/** Name of an institution's database, and of the role that holds its rights there. */
export const databaseName = (id: string) => `kura_${id.replaceAll('-', '_')}`
