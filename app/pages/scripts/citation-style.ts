const KEY = 'citation-style'

/** Shows citations in the style that the reader chose last, here or on another item's page, and copies that one. */
export function rememberStyle(): void {
  const styles = document.querySelectorAll<HTMLInputElement>('.citation-styles input')
  const button = document.querySelector<HTMLButtonElement>('.citation button[data-copies]')
  const use = (input: HTMLInputElement) => {
    input.checked = true
    if (button) button.dataset.copies = `citation-${input.value}`
  }
  for (const input of styles) {
    if (input.value === remembered()) use(input)
    input.addEventListener('change', () => {
      use(input)
      remember(input.value)
    })
  }
}

/** A browser may keep nothing for us. */
function remembered(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

function remember(style: string): void {
  try {
    localStorage.setItem(KEY, style)
  } catch {
    // Then it is chosen again next time.
  }
}
