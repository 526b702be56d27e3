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

/** Whether a type may be shown in the browser; `type` may carry parameters. */
export const isShown = (type: string) => SHOWN.test(type.split(';', 1)[0] as string)
