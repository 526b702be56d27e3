/** Three numbers, two with a patch (`4.1-p2`), or a day (`20260930`): what else a version leaves out may float. */
const EXACT = /(^|[-_v])(\d+\.\d+(\.\d+|-p\d+)|\d{8})(?!\.?\d)/

/** Whether a version, or a text that holds one, always means the same. */
export function isExact(version: string | undefined): boolean {
  return version !== undefined && EXACT.test(version)
}
