/**
 * Keeps for each owner, for a while, what costs too much to be found out every time. Whoever asks meanwhile shares it; a
 * failure is not kept. It goes with its owner.
 *
 * @param milliseconds for which it is kept.
 */
export function kept<Owner extends WeakKey, T>(
  milliseconds: number,
  find: (owner: Owner) => Promise<T>,
): (owner: Owner) => Promise<T> {
  const all = new WeakMap<Owner, { value: Promise<T>; until: number }>()
  return (owner) => {
    const now = Date.now()
    const known = all.get(owner)
    if (known && known.until > now) return known.value
    const value = find(owner)
    value.catch(() => all.delete(owner))
    all.set(owner, { value, until: now + milliseconds })
    return value
  }
}
