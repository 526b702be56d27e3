import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ApiextensionsV1Api } from '@kubernetes/client-node'
import { vi } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { referenceNames, referenceText } from '../conformance/shared.ts'
import { programs } from '../programs/index.ts'
import type { Api, KubernetesObject } from './api.ts'

/** Milliseconds that an API server may take to serve a kind that it has been told of. */
const PATIENCE = 60_000

/** Tells an API server of all kinds that the stack's custom resources are of; done when it serves them. */
export async function addDefinitions(api: Api): Promise<void> {
  const definitions = await allDefinitions()
  await api.putAll(definitions)
  const client = new ApiextensionsV1Api(api.settings)
  const isServed = async () => {
    const { items } = await client.listCustomResourceDefinition()
    const served = items.filter(({ status }) =>
      status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True'),
    )
    return served.length === definitions.length
  }
  await vi.waitUntil(isServed, { timeout: PATIENCE, interval: 200 })
}

async function allDefinitions(): Promise<KubernetesObject[]> {
  const folder = join(await programs('definitions'), 'crds')
  const fetched = await Array.fromAsync(glob('*.yaml', { cwd: folder }), (file) => readFile(join(folder, file), 'utf8'))
  const texts = [...fetched, ...referenceNames('crds').map((file) => referenceText(`crds/${file}`))]
  const read = texts.flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject))
  return [...read.filter((object) => object?.kind === 'CustomResourceDefinition'), INGRESS_CLASS_PARAMETERS]
}

const text = { type: 'string' }
const identifier = { ...text, minLength: 1, maxLength: 255 }
const bandwidth = { type: 'integer', minimum: 10, maximum: 8000 }

/**
 * Stands in for the kind of Oracle's native ingress controller, which no registry has: its documented fields, all of
 * which may be left out.
 *
 * @see https://github.com/oracle/oci-native-ingress-controller/blob/main/api/v1beta1/ingressclassparameters_types.go
 */
const INGRESS_CLASS_PARAMETERS: KubernetesObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'ingressclassparameters.ingress.oraclecloud.com' },
  spec: {
    group: 'ingress.oraclecloud.com',
    scope: 'Namespaced',
    names: { kind: 'IngressClassParameters', plural: 'ingressclassparameters', singular: 'ingressclassparameters' },
    versions: [
      {
        name: 'v1beta1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                properties: {
                  compartmentId: identifier,
                  subnetId: identifier,
                  loadBalancerName: text,
                  isPrivate: { type: 'boolean' },
                  reservedPublicAddressId: text,
                  minBandwidthMbps: bandwidth,
                  maxBandwidthMbps: bandwidth,
                  defaultListenerIdleTimeoutInSeconds: { type: 'integer', minimum: 1, maximum: 7200 },
                },
              },
            },
          },
        },
      },
    ],
  },
}
