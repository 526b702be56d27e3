import { createHash } from 'node:crypto'
import * as pulumi from '@pulumi/pulumi'

/** Changes with what a pod is configured by: as an annotation of its template, it rolls the pod. */
export function checksum<T>(content: pulumi.Input<T>): pulumi.Output<string> {
  return pulumi
    .output(content)
    .apply((known: unknown) => createHash('sha256').update(JSON.stringify(known)).digest('hex'))
}
