const SVG = 'http://www.w3.org/2000/svg'

/**
 * Lets readers choose years by drawing over their chart: `data-first` and `data-last` are the years at its ends. The
 * form behind it, in which the same can be typed, is filled in and sent.
 */
export function letBrush(): void {
  for (const chart of document.querySelectorAll<HTMLElement>('.chart')) {
    const svg = chart.querySelector('svg')
    const form = chart.parentElement?.querySelector<HTMLFormElement>('form.years')
    if (svg && form) brush(chart, svg, form)
  }
}

function brush(chart: HTMLElement, svg: SVGSVGElement, form: HTMLFormElement): void {
  const first = Number(chart.dataset.first)
  const span = Number(chart.dataset.last) - first + 1
  const { width, height } = svg.viewBox.baseVal
  const said = chart.querySelector('output')
  const band = document.createElementNS(SVG, 'rect')
  band.classList.add('band')
  band.setAttribute('y', '0')
  band.setAttribute('height', String(height))
  let start: number | undefined

  const yearAt = (event: PointerEvent) => {
    const box = svg.getBoundingClientRect()
    const at = Math.floor(((event.clientX - box.left) / box.width) * span)
    return first + Math.max(0, Math.min(span - 1, at))
  }
  const show = (from: number, to: number) => {
    band.setAttribute('x', String(((from - first) * width) / span))
    band.setAttribute('width', String(((to - from + 1) * width) / span))
    svg.prepend(band)
    fill('from', from)
    fill('to', to)
    if (said) said.textContent = from === to ? String(from) : `${from}–${to}`
  }
  const fill = (name: string, year: number) => {
    const input = form.elements.namedItem(name)
    if (input instanceof HTMLInputElement) input.value = String(year)
  }
  const draw = (event: PointerEvent) => {
    if (start === undefined) return
    const year = yearAt(event)
    show(Math.min(start, year), Math.max(start, year))
  }

  chart.classList.add('brushable')
  svg.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    svg.setPointerCapture(event.pointerId)
    start = yearAt(event)
    draw(event)
  })
  svg.addEventListener('pointermove', draw)
  svg.addEventListener('pointerup', () => {
    if (start === undefined) return
    start = undefined
    form.requestSubmit()
  })
  // The page is scrolled instead.
  svg.addEventListener('pointercancel', () => {
    start = undefined
    band.remove()
    form.reset()
    said?.replaceChildren()
  })
}
