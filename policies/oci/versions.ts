/** Minor version of Kubernetes: 34 of `v1.34.1` and of `1.34`; NaN of what is no version. There is one major version. */
export function minorOf(version: string): number {
  const [, minor] = version.match(/^v?1\.(\d+)(?:\.|$)/) ?? []
  return Number(minor)
}
