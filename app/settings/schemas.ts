import { z } from '@hono/zod-openapi'
import { contrast, GROUNDS, type Hex, readableShade } from '../pages/colour.ts'
import { logoAddress } from '../pages/links.ts'
import { Logo, Settings } from '../tenancy/schema.ts'
import type { Kept } from './store.ts'

/** What the API takes and gives of an institution's settings. */

const InScheme = z.object({
  contrast: z.number().openapi({ description: 'Lowest contrast with the grounds of the scheme (WCAG 2.2)' }),
  enough: z.boolean().openapi({ description: 'Whether text in it can be read: 4.5 at least' }),
  offered: z.string().optional().openapi({
    description: 'The nearest shade that can be read. Pages use it in place of a colour whose contrast is not enough',
  }),
})

/** What is derived, and is passed over in what is sent: what was read can be put back as it is. */
const derived = {
  logo: Logo.omit({ sha256: true })
    .extend({ url: z.url() })
    .openapi({ description: 'Its own address, /api/v1/settings/logo, changes it' }),
  contrast: z
    .object({ light: InScheme, dark: InScheme })
    .openapi({ description: 'How well the colour can be read in either colour scheme' }),
}

export const NewSettings = z
  .strictObject({
    ...Settings.shape,
    logo: z.unknown().optional().openapi({ description: 'Passed over, as it was read' }),
    contrast: z.unknown().optional().openapi({ description: 'Passed over, as it was read' }),
  })
  .openapi('NewSettings', { description: 'Texts are Markdown without HTML and without images' })

export const SettingsPatch = z
  .record(z.string(), z.unknown())
  .openapi('SettingsPatch', { description: 'Settings that are to be others, as a merge patch (RFC 7396)' })

export const StoredSettings = z
  .object({ ...Settings.shape, logo: derived.logo.optional(), contrast: derived.contrast })
  .openapi('Settings')

/** Settings as they are given, with what follows from them. */
export function shownSettings({ site: { logo, ...settings } }: Kept, url: string): z.infer<typeof StoredSettings> {
  return {
    ...settings,
    ...(logo && {
      logo: { type: logo.type, width: logo.width, height: logo.height, url: `${url}${logoAddress(logo)}` },
    }),
    contrast: { light: readability(settings.colour, 'light'), dark: readability(settings.colour, 'dark') },
  }
}

function readability(colour: Hex, scheme: keyof typeof GROUNDS): z.infer<typeof InScheme> {
  const offered = readableShade(colour, scheme)
  const lowest = Math.min(...GROUNDS[scheme].map((ground) => contrast(colour, ground)))
  // Down, so that what is said to be 4.5 is.
  const rounded = Math.floor(lowest * 100) / 100
  return offered === colour ? { contrast: rounded, enough: true } : { contrast: rounded, enough: false, offered }
}
