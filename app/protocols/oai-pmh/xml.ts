import { localized } from '../../pages/index.ts'
import { writeXml } from '../../records/formats/xml.ts'
import type { Settings } from '../../tenancy/schema.ts'
import { writeDatestamp } from './dates.ts'
import type { OaiError } from './refusal.ts'

/** An element that holds text. */
export const leaf = (name: string, text: string, attributes: Readonly<Record<string, string>> = {}): string =>
  writeXml({ name, attributes: new Map(Object.entries(attributes)), children: [], text })

/** An element that holds elements, or XML that is written already. */
export const element = (name: string, ...children: string[]): string => `<${name}>\n${children.join('\n')}\n</${name}>`

/** A name in the language that the institution puts first: the protocol has room for one. */
export const inFirstLanguage = (name: Settings['name'], [first = 'ja']: Settings['languages']): string =>
  localized(name, first).value

/**
 * A response (OAI-PMH 2.0, section 3.2).
 *
 * @param request what was asked, repeated; nothing of it where its verb or arguments are at fault.
 */
export function envelope(
  url: string,
  moment: Date,
  request: Readonly<Record<string, string>>,
  answer: string | readonly OaiError[],
): string {
  const body = typeof answer === 'string' ? answer : answer.map(({ code, message }) => leaf('error', message, { code }))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">',
    leaf('responseDate', writeDatestamp(moment)),
    leaf('request', url, request),
    ...[body].flat(),
    '</OAI-PMH>\n',
  ].join('\n')
}
