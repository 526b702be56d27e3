import type { Caches } from './port.ts'

/** Characters that are kept, over all institutions. */
const ROOM = 16_000_000

/** Caches in this process's memory: they are its own, and what was asked for longest ago makes room for what comes. */
export function memoryCaches(room = ROOM): Caches {
  const uses = { hit: 0, miss: 0, failed: 0 }
  /** In the order in which they were last asked for. */
  const values = new Map<string, { value: string; until: number }>()
  let used = 0

  const remove = (key: string) => {
    used -= values.get(key)?.value.length ?? 0
    values.delete(key)
  }
  return {
    of: (tenant) => ({
      async get(key) {
        const name = `${tenant}/${key}`
        const found = values.get(name)
        if (found && found.until <= performance.now()) remove(name)
        const there = values.get(name)
        uses[there ? 'hit' : 'miss']++
        if (!there) return undefined
        values.delete(name)
        values.set(name, there)
        return there.value
      },
      async put(key, value, seconds) {
        const name = `${tenant}/${key}`
        remove(name)
        if (value.length > room) return
        values.set(name, { value, until: performance.now() + seconds * 1_000 })
        used += value.length
        for (const oldest of values.keys()) {
          if (used <= room) break
          remove(oldest)
        }
      },
    }),
    share: (memory) => memory,
    uses,
    end() {
      values.clear()
      used = 0
    },
  }
}
