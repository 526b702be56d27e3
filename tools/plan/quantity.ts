/**
 * Quantities as Kubernetes writes them: `500m`, `1.5`, `64Mi`, `2e3`.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */

const SUFFIXES: Record<string, number> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

const FORM = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(m|[kMGTPE]i?|Ki)?$/

/**
 * The number that a quantity stands for: vCPU, bytes or pieces, as it is used.
 *
 * @throws Error if it is none.
 */
export function quantity(text: string | number): number {
  if (typeof text === 'number') return text
  const [, digits, suffix = ''] = FORM.exec(text) ?? []
  const factor = SUFFIXES[suffix]
  if (digits === undefined || factor === undefined) throw new Error(`${text} is no quantity of Kubernetes`)
  return Number(digits) * factor
}

/** Thousandths of a vCPU, whole as the scheduler counts them. */
export function milli(text: string | number): number {
  return Math.max(0, Math.ceil(quantity(text) * 1000 - 1e-9))
}

/** MiB, rounded up. */
export function mebi(text: string | number): number {
  return Math.max(0, Math.ceil(quantity(text) / 2 ** 20 - 1e-9))
}

/** GiB. */
export function gibi(text: string | number): number {
  return quantity(text) / 2 ** 30
}
