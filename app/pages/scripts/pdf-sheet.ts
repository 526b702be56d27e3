import type * as Pdfjs from 'pdfjs-dist'

/** Pixels of a canvas at most: what phones can hold. */
const MOST_PIXELS = 2 ** 24

/** A page of a PDF in a page of ours. */
export interface Sheet {
  element: HTMLElement
  /** Draws it, unless it is drawn. */
  draw(): void
  /** Takes away what was drawn. */
  clear(): void
  /** Draws it anew where its size has changed. */
  redraw(): void
}

/** @param size of the page as far as it is known yet: that of the first. */
export function sheetOf(
  pdfjs: typeof Pdfjs,
  file: Pdfjs.PDFDocumentProxy,
  number: number,
  size: { width: number; height: number },
): Sheet {
  const element = document.createElement('div')
  element.className = 'pdf-page'
  element.role = 'group'
  element.ariaLabel = `${number} / ${file.numPages}`
  element.style.aspectRatio = `${size.width} / ${size.height}`
  /** What is drawn or being drawn: its width, and what stops it. */
  let drawing: { width: number; stopping: AbortController } | undefined

  function stop(): void {
    drawing?.stopping.abort()
    drawing = undefined
  }

  async function paint(width: number, stopped: AbortSignal): Promise<void> {
    const page = await file.getPage(number)
    if (stopped.aborted) return
    const whole = page.getViewport({ scale: 1 })
    element.style.aspectRatio = `${whole.width} / ${whole.height}`
    const scale = width / whole.width
    const viewport = page.getViewport({ scale })

    const canvas = document.createElement('canvas')
    const density = Math.min(devicePixelRatio, Math.sqrt(MOST_PIXELS / (viewport.width * viewport.height)))
    canvas.width = Math.floor(viewport.width * density)
    canvas.height = Math.floor(viewport.height * density)
    canvas.role = 'presentation'
    const render = page.render({ canvas, viewport, transform: [density, 0, 0, density, 0, 0] })
    stopped.addEventListener('abort', () => render.cancel())
    await render.promise

    const container = document.createElement('div')
    container.className = 'pdf-text'
    container.style.setProperty('--total-scale-factor', String(scale))
    const text = new pdfjs.TextLayer({ textContentSource: page.streamTextContent(), container, viewport })
    if (stopped.aborted) return
    stopped.addEventListener('abort', () => text.cancel())
    element.replaceChildren(canvas, container)
    await text.render()
    page.cleanup()
  }

  function draw(): void {
    if (drawing) return
    const stopping = new AbortController()
    drawing = { width: element.clientWidth, stopping }
    // A page that is damaged, or was stopped, stays white.
    paint(drawing.width, stopping.signal).catch(() => {})
  }

  return {
    element,
    draw,
    clear() {
      stop()
      // Safari gives back a canvas's memory late unless it is made small.
      for (const canvas of element.querySelectorAll('canvas')) canvas.width = canvas.height = 0
      element.replaceChildren()
    },
    redraw() {
      if (!drawing || drawing.width === element.clientWidth) return
      // What was drawn stands, stretched, until the new one is there.
      stop()
      draw()
    },
  }
}
