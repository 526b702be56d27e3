import mime from 'mime'

/** Types that a browser shows without running anything: everything else is offered to be saved. */
const SHOWN =
  /^(application\/(pdf|json)|image\/(png|jpeg|gif|webp|avif|tiff)|text\/(plain|csv|tab-separated-values)|audio\/[\w.+-]+|video\/[\w.+-]+)$/

/** The media type of a file, from its name: what a depositor claims is not trusted where the name says more. */
export function mediaType(name: string, claimed: string | undefined): string {
  const known = mime.getType(name)
  if (known) return known
  return claimed !== undefined && /^[\w.+-]+\/[\w.+-]+$/.test(claimed)
    ? claimed.toLowerCase()
    : 'application/octet-stream'
}

/** How a file is shown in a page of ours. */
export type Preview = 'pdf' | 'image' | 'table' | 'text' | 'audio' | 'video'

const PREVIEWS: [form: RegExp, preview: Preview][] = [
  [/^application\/pdf$/, 'pdf'],
  // Not TIFF, which few browsers draw, and not SVG, which is a document that can run scripts.
  [/^image\/(png|jpeg|gif|webp|avif)$/, 'image'],
  [/^text\/(csv|tab-separated-values)$/, 'table'],
  // The source of a web page says nothing to who wants to see the page.
  [/^text\/(?!html)|^application\/([\w.-]+\+)?json$/, 'text'],
  [/^audio\//, 'audio'],
  [/^video\//, 'video'],
]

/** How a type is shown in a page, if it can be; `type` may carry parameters. */
export const previewOf = (type: string): Preview | undefined => PREVIEWS.find(([form]) => form.test(bare(type)))?.[1]

/** Whether a type may be shown in the browser; `type` may carry parameters. */
export const isShown = (type: string) => SHOWN.test(bare(type))

const bare = (type: string) => type.split(';', 1)[0] as string
