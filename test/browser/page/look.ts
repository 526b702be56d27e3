import type { Look } from './answers.ts'

/* Runs in the page that is looked at, before anything of its own, as `globalThis.look`. */

interface Shift extends PerformanceEntry {
  value: number
  sources: { node: Node | null }[]
}

const shifts: string[] = []
const refused: string[] = []
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries() as Shift[]) {
    const moved = sources.map(({ node }) => (node instanceof Element ? shown(node) : node?.textContent))
    shifts.push(`moves by ${value.toFixed(4)} while it loads: ${moved.join(' ')}`)
  }
}).observe({ type: 'layout-shift', buffered: true })
addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
  refused.push(`content security policy: ${violatedDirective} refuses ${blockedURI}`)
})

const isVisible = (element: Element) => element.checkVisibility({ visibilityProperty: true })
const shown = ({ outerHTML }: Element) => outerHTML.slice(0, 120)

/** What can be acted on, in the order of the Tab key. */
let reachable: HTMLElement[] = []

/** The Tab key comes to one radio button of a group; the arrow keys go on from there. */
function isTabStop(element: HTMLElement): boolean {
  if (!(element instanceof HTMLInputElement) || element.type !== 'radio' || element.checked) return true
  const group = document.querySelectorAll<HTMLInputElement>(`[type=radio][name="${CSS.escape(element.name)}"]`)
  const alike = [...group].filter(({ form }) => form === element.form)
  return alike[0] === element && !alike.some(({ checked }) => checked)
}

const look: Look = {
  shift: () => shifts,

  refused: () => refused,

  async accessibility(rules: string[]): Promise<string[]> {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run({ runOnly: rules, resultTypes: ['violations'] })
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.slice(0, 5).map(({ target, failureSummary }) => `${id} (${help}): ${target} ${failureSummary}`),
    )
  },

  width(): string[] {
    const { clientWidth, scrollWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const beyond = [...document.querySelectorAll('body *')].filter(
      (each) => each.getBoundingClientRect().right > clientWidth + 1,
    )
    return [`is ${scrollWidth} pixels wide in a window of ${clientWidth}: ${beyond.slice(-3).map(shown).join(' ')}`]
  },

  headings(): string[] {
    const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ tagName }) => Number(tagName[1]))
    const first = levels.filter((level) => level === 1).length
    return [
      ...(first === 1 ? [] : [`has ${first} headings h1`]),
      ...levels.flatMap((level, index) => {
        const before = levels[index - 1] ?? 0
        return level > before + 1 ? [`h${level} follows ${before === 0 ? 'nothing' : `h${before}`}`] : []
      }),
    ]
  },

  targets(): string[] {
    return [...document.querySelectorAll('a[href], button, input, select, summary')].flatMap((each) => {
      const { width, height } = each.getBoundingClientRect()
      const { display } = getComputedStyle(each)
      // Links within a text are as high as its lines; what shows itself only with the focus is a pixel until then.
      const counts = isVisible(each) && display !== 'inline' && width > 1 && height > 1
      return counts && Math.min(width, height) < 24
        ? [`is ${width.toFixed(1)} × ${height.toFixed(1)} pixels: ${shown(each)}`]
        : []
    })
  },

  reachable(): number {
    const all = document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex]')
    reachable = [...all].filter(
      (each) => each.tabIndex >= 0 && !each.matches(':disabled, [type=hidden]') && isVisible(each) && isTabStop(each),
    )
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    getSelection()?.removeAllRanges()
    return reachable.length
  },

  focused(): { place: number; faults: string[] } | undefined {
    const { activeElement: element } = document
    if (!element || element === document.body) return undefined
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
    const { top, bottom, width, height } = element.getBoundingClientRect()
    const isMarked = (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none'
    const isInSight = bottom > 0 && top < innerHeight && width > 1 && height > 1
    return {
      place: reachable.indexOf(element as HTMLElement),
      faults: [
        ...(isMarked ? [] : [`has the focus, and nothing shows it: ${shown(element)}`]),
        ...(isInSight ? [] : [`has the focus out of sight: ${shown(element)}`]),
      ],
    }
  },

  named: (places: number[]) => places.map((place) => shown(reachable[place] as HTMLElement)),

  content() {
    const headings = [...document.querySelectorAll<HTMLElement>('main h1, main h2, main h3')].filter(isVisible)
    return {
      headings: headings.map(({ innerText }) => innerText),
      characters: document.querySelector('main')?.innerText.length ?? 0,
    }
  },
}

Object.assign(globalThis, { look })
