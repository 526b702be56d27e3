/**
 * Minor version of Kubernetes: 34 of `v1.34.1` and of `1.34`. There is one major version.
 *
 * @throws RangeError if it is no version.
 */
export function minorOf(version: string): number {
  const [, minor] = version.match(/^v?1\.(\d+)(?:\.|$)/) ?? []
  if (minor === undefined) throw new RangeError(`not a version of Kubernetes: ${version}`)
  return Number(minor)
}
