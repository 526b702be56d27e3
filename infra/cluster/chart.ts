import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { charts, type Image, reference } from '../images.ts'

/** Seconds after which an installation that has not become ready is undone. */
const READY_SECONDS = 600

interface ChartArgs {
  /** Which of `charts`. Its name is the release's too, so a release is found by `helm list`. */
  chart: keyof typeof charts
  namespace: pulumi.Input<string>
  /** The chart's values: images of our mirror, requests, placement. */
  values: Record<string, unknown>
}

/**
 * Installs a chart at the version that `images.ts` pins, whole or not at all. What the chart makes is Helm's: it bears
 * none of our labels, and its pods are told to the plan as workloads.
 *
 * Helm installs what lies in a chart's folder `crds` once and never renews it: the chart's notes on upgrading say what
 * to apply.
 */
export function installChart(
  name: string,
  { chart, namespace, values }: ChartArgs,
  options: pulumi.CustomResourceOptions,
): kubernetes.helm.v3.Release {
  const { repository, chart: file, version } = charts[chart]
  const source = repository.startsWith('oci://')
    ? { chart: `${repository}/${file}` }
    : { chart: file, repositoryOpts: { repo: repository } }
  return new kubernetes.helm.v3.Release(
    name,
    { ...source, name: chart, version, namespace, values, atomic: true, timeout: READY_SECONDS },
    options,
  )
}

/** An image of our mirror as charts want it, in three parts. */
export function chartImage(registry: string, image: Image) {
  const { repository } = image
  return { registry, repository, tag: reference(registry, image).slice(`${registry}/${repository}:`.length) }
}
