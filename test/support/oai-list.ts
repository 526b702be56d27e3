import { minimalXml } from './depositor.ts'

/** A record of a list of OAI-PMH, made up. Without metadata it is deleted. */
export interface Listed {
  identifier: string
  datestamp?: string
  sets?: string[]
  /** XML of the metadata, without declaration. */
  metadata?: string
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** A minimal record of JPCOAR as it stands within `metadata`. */
export const listed = (identifier: string, title: string): Listed => ({
  identifier,
  metadata: minimalXml(title).replace(/^<\?xml.*?\?>\n/, ''),
})

const recordXml = ({ identifier, datestamp = '2026-04-01T00:00:00Z', sets = [], metadata }: Listed) =>
  `<record><header${metadata === undefined ? ' status="deleted"' : ''}><identifier>${escaped(identifier)}</identifier><datestamp>${datestamp}</datestamp>${sets
    .map((set) => `<setSpec>${set}</setSpec>`)
    .join('')}</header>${metadata === undefined ? '' : `<metadata>${metadata}</metadata>`}</record>`

/** An answer of OAI-PMH with any content. */
export const oaiAnswer = (
  content: string,
  responseDate = '2026-04-02T00:00:00Z',
) => `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">
<responseDate>${responseDate}</responseDate><request verb="x">https://old.example/oai</request>${content}</OAI-PMH>`

/** A page of a list. */
export const oaiList = (records: Listed[], { token, verb = 'ListRecords' }: { token?: string; verb?: string } = {}) =>
  oaiAnswer(
    `<${verb}>${records.map(recordXml).join('\n')}${token === undefined ? '' : `<resumptionToken>${escaped(token)}</resumptionToken>`}</${verb}>`,
  )
