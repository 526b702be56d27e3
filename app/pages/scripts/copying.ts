/** Milliseconds for which a page says that something was copied. */
const SAID = 4_000

/**
 * Lets buttons copy texts: `data-copies` is the id of the element whose text it is. The `<output>` behind a button says
 * what became of it, in the words of `data-copied`, or of `data-selected` where a browser does not let us copy.
 */
export function offerCopies(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copies]'))
    button.addEventListener('click', () => void copy(button))
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const { copies = '', copied = '', selected = '' } = button.dataset
  const source = document.getElementById(copies)
  if (!source) return
  try {
    await navigator.clipboard.writeText(source.textContent.trim())
    say(button, copied)
  } catch {
    getSelection()?.selectAllChildren(source)
    say(button, selected)
  }
}

const timers = new WeakMap<Element, number>()

function say(button: HTMLButtonElement, words: string): void {
  const output = button.nextElementSibling
  if (!output) return
  clearTimeout(timers.get(output))
  output.textContent = words
  // What is said again has to be new to a screen reader.
  timers.set(
    output,
    setTimeout(() => output.replaceChildren(), SAID),
  )
}
