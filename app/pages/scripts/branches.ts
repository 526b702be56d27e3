import { load } from './load.ts'

/** Branches that have been opened once. */
const opened = new WeakSet<Element>()

/**
 * Fills a branch of the tree of collections when it is opened first: `data-branch` is the address of its page, which
 * has the collections right in it as a list, with branches of their own. Until then, and where that fails, it names a
 * few and leads to the page.
 */
export function fillBranches(): void {
  // The event does not bubble; branches may lie in others that are filled later.
  document.addEventListener(
    'toggle',
    (event) => {
      const branch = event.target
      if (branch instanceof HTMLDetailsElement && branch.dataset.branch !== undefined && branch.open) void fill(branch)
    },
    true,
  )
}

async function fill(branch: HTMLDetailsElement): Promise<void> {
  if (opened.has(branch)) return
  opened.add(branch)
  branch.ariaBusy = 'true'
  try {
    const page = await load(branch.dataset.branch ?? '')
    const section = page.querySelector('.collections')?.parentElement
    const parts = [...(section?.querySelectorAll(':scope > .collections, :scope > .pager') ?? [])]
    if (parts.length > 0)
      branch.querySelector('.below')?.replaceWith(...parts.map((part) => document.importNode(part, true)))
  } catch {
    // What is there leads on; another time it may be filled.
    opened.delete(branch)
  }
  branch.ariaBusy = null
}
