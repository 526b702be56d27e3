import { load } from './load.ts'

/**
 * Opens previews of files in the page: each link to one (`data-preview`) becomes what opens and closes it, below its
 * file. Where an address ends in a file's place (`#file-3`), that one is open.
 */
export function offerPreviews(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-preview]')) {
    const file = link.closest<HTMLElement>('.file')
    if (!file) continue
    const preview = previewOf(link, file)
    link.ariaExpanded = 'false'
    link.addEventListener('click', (event) => {
      // Whoever wants it in another tab gets its page.
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
      event.preventDefault()
      preview.toggle()
    })
    if (location.hash === `#${file.id}`) preview.toggle()
  }
}

function previewOf(link: HTMLAnchorElement, file: HTMLElement) {
  let state: 'closed' | 'opening' | 'open' = 'closed'
  let shown: Element | undefined
  let close = () => {}

  async function open(): Promise<void> {
    state = 'opening'
    link.ariaBusy = 'true'
    try {
      const found = (await load(link.href)).querySelector('.preview')
      if (!found) throw new Error('there is no preview in the page')
      shown = document.importNode(found, true)
      file.append(shown)
      close = drawPdfs(file)
      history.replaceState(history.state, '', `#${file.id}`)
      state = 'open'
    } catch {
      // Its own page shows it, or says why it cannot.
      location.assign(link.href)
      state = 'closed'
    }
    link.ariaBusy = null
    link.ariaExpanded = String(state === 'open')
  }

  return {
    toggle() {
      if (state === 'opening') return
      if (state === 'closed') return void open()
      close()
      shown?.remove()
      state = 'closed'
      link.ariaExpanded = 'false'
    },
  }
}

/**
 * Draws the PDFs in a part of the page. What draws them is loaded with the first.
 *
 * @returns what gives back all that they hold.
 */
export function drawPdfs(within: ParentNode): () => void {
  const open = [...within.querySelectorAll<HTMLElement>('[data-pdf]')].map(async (section) => {
    try {
      const { showPdf } = await import('./pdf.ts')
      return await showPdf(section)
    } catch {
      // A link to the file takes its place.
      section.classList.add('failed')
      return undefined
    }
  })
  return () => {
    for (const closing of open) void closing.then((close) => close?.())
  }
}
