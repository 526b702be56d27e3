import type { Markdown, Settings } from '../tenancy/schema.ts'
import { messages } from './languages/index.ts'
import type { PageContext } from './page.ts'

/** What the institution says of itself, each on a page of its own, `/about` and so on. */
export const ownTexts = ['about', 'policies', 'accessibility'] as const satisfies (keyof Settings)[]
export type OwnTextName = (typeof ownTexts)[number]

/** The pages that there are, with their paths and titles: what would be empty is not there. */
export const ownPages = ({ institution, language }: PageContext) =>
  ownTexts
    .filter((name) => ownText(name, institution) !== undefined)
    .map((name) => ({ path: `/${name}`, title: messages[language][name] }))

/** How accessible the software is can be said for everyone; the rest is the institution's to say. */
export function ownText(name: OwnTextName, settings: Settings): Markdown | undefined {
  if (name !== 'accessibility' || settings.accessibility) return settings[name]
  const [ja, en] = [messages.ja, messages.en].map((words) => words.accessibilityStatement(settings.contact))
  return { ja: ja as string, en: en as string }
}
