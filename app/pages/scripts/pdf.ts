import type * as Pdfjs from 'pdfjs-dist'
import { sheetOf } from './pdf-sheet.ts'

/** Widths of a page in parts of the frame's. */
const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3]
/** Bytes that are fetched at once. */
const CHUNK = 2 ** 18

/** Trusted Types (W3C), which not every browser has. */
declare const trustedTypes:
  | undefined
  | { createPolicy(name: string, rules: { createScriptURL(address: string): string }): typeof rules }
const rules = {
  createScriptURL(address: string): string {
    if (!address.startsWith('/assets/pdfjs-')) throw new TypeError('this is no script of pdf.js')
    return address
  },
}
const policy = typeof trustedTypes === 'undefined' ? rules : trustedTypes.createPolicy('kura', rules)

let worker: Worker | undefined

/**
 * Shows a PDF: its pages below each other in a frame, each drawn when it comes near, with its text over it to be
 * selected and read aloud. Of the file no more is fetched than that takes.
 *
 * @param section `data-pdf` is the file's address, `data-library` where pdf.js is; in it the frame and its tools.
 * @returns what gives back all that it holds.
 */
export async function showPdf(section: HTMLElement): Promise<() => void> {
  const { pdf: url = '', library = '' } = section.dataset
  const pdfjs: typeof Pdfjs = await import(`${library}legacy/build/pdf.min.mjs`)
  worker ??= new Worker(policy.createScriptURL(`${library}legacy/build/pdf.worker.min.mjs`), { type: 'module' })
  pdfjs.GlobalWorkerOptions.workerPort = worker
  const task = pdfjs.getDocument({
    url,
    rangeChunkSize: CHUNK,
    disableAutoFetch: true,
    disableStream: true,
    cMapUrl: `${library}cmaps/`,
    standardFontDataUrl: `${library}standard_fonts/`,
    iccUrl: `${library}iccs/`,
    wasmUrl: `${library}wasm/`,
    // Our policy for scripts allows none; what takes its place is slower with scanned pages.
    useWasm: false,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  })
  const file = await task.promise
  const frame = part<HTMLElement>(section, '.pdf-pages')
  const first = (await file.getPage(1)).getViewport({ scale: 1 })
  const sheets = Array.from({ length: file.numPages }, (_, index) => sheetOf(pdfjs, file, index + 1, first))
  frame.replaceChildren(...sheets.map(({ element }) => element))

  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const sheet = sheets.find(({ element }) => element === target)
        if (isIntersecting) sheet?.draw()
        else sheet?.clear()
      }
    },
    // A screen before and behind.
    { root: frame, rootMargin: '100% 0px' },
  )
  for (const { element } of sheets) near.observe(element)

  const redraw = () => {
    for (const sheet of sheets) sheet.redraw()
  }
  offerPlaces(
    section,
    frame,
    sheets.map(({ element }) => element),
  )
  offerZooms(section, frame, redraw)
  const widths = new ResizeObserver(redraw)
  widths.observe(frame)
  return () => {
    near.disconnect()
    widths.disconnect()
    for (const sheet of sheets) sheet.clear()
    void task.destroy()
  }
}

/** The number of the page in view, which can be changed to go to another. */
function offerPlaces(section: HTMLElement, frame: HTMLElement, pages: HTMLElement[]): void {
  const place = part<HTMLInputElement>(section, '.pdf-place')
  place.max = String(pages.length)
  part(section, '.pdf-count').textContent = String(pages.length)
  place.addEventListener('change', () => {
    const page = pages[place.valueAsNumber - 1]
    if (page) frame.scrollTo({ top: page.offsetTop })
  })
  frame.addEventListener(
    'scroll',
    () => {
      const middle = frame.scrollTop + frame.clientHeight / 2
      const index = pages.findLastIndex(({ offsetTop }) => offsetTop <= middle)
      if (document.activeElement !== place) place.value = String(Math.max(index, 0) + 1)
    },
    { passive: true },
  )
}

function offerZooms(section: HTMLElement, frame: HTMLElement, redraw: () => void): void {
  let zoom = ZOOMS.indexOf(1)
  for (const button of section.querySelectorAll<HTMLButtonElement>('button[data-zoom]'))
    button.addEventListener('click', () => {
      zoom = Math.min(Math.max(zoom + Number(button.dataset.zoom), 0), ZOOMS.length - 1)
      // What is in the middle of the frame stays there.
      const middle = (frame.scrollTop + frame.clientHeight / 2) / frame.scrollHeight
      frame.style.setProperty('--zoom', String(ZOOMS[zoom]))
      frame.scrollTop = middle * frame.scrollHeight - frame.clientHeight / 2
      redraw()
    })
}

function part<T extends Element>(section: HTMLElement, selector: string): T {
  const found = section.querySelector<T>(selector)
  if (!found) throw new Error(`there is no ${selector}`)
  return found
}
