import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { computed, identifier, lookUp, type RandomSource } from '../../../tools/evaluate/answers.ts'
import { ONE_IN_ITS_PLACE, TOLD_ONCE } from '../../../tools/pending/kinds.ts'
import { compared } from './compared.ts'
import { faults, outputsOf } from './declared.ts'
import { Inventory } from './inventory.ts'
import { type Properties, type StandIn, UNKNOWN } from './stand-in.ts'

const unguessable: RandomSource = (_urn, length) => randomBytes(length).toString('hex').slice(0, length)

/**
 * Plays Oracle's provider and the cloud behind it: takes what the types of `@pulumi/oci` allow, and keeps what was made.
 *
 * @param folder of the cloud's memory.
 * @param options.kubeconfig file that leads to the cluster, where there is one.
 * @param options.latency milliseconds that a request, and its answer, is on its way at most.
 */
export function oci(version: string, folder: string, options: { kubeconfig?: string; latency: number }): StandIn {
  const { kubeconfig, latency } = options
  const inventory = new Inventory(folder)
  const underway = () => sleep(latency > 0 ? randomInt(latency) : 0)

  return {
    name: 'oci',
    version,
    async check({ type, inputs }) {
      return { inputs, failures: faults(type, inputs) }
    },
    async diff({ type, oldInputs, inputs }) {
      return compared(type, oldInputs, inputs)
    },
    async create({ urn, type, name, inputs, preview }) {
      if (preview) return { id: '', outputs: { ...unknown(type), ...inputs } }
      await underway()
      const id = idOf(type, name, inputs)
      const outputs = { ...inputs, ...computed(type, { urn, name: id, inputs, random: unguessable }) }
      inventory.add({ id, type, urn, inputs, outputs })
      await underway()
      return { id, outputs }
    },
    async read({ id, type, outputs: last }) {
      await underway()
      const found = inventory.find(id)
      if (!found) return undefined
      const secret = TOLD_ONCE[type] ?? []
      const visible = Object.entries(found.outputs).filter(([name]) => !secret.includes(name))
      const kept = secret.filter((name) => name in last).map((name) => [name, last[name]])
      return { id, inputs: found.inputs, outputs: Object.fromEntries([...visible, ...kept]) }
    },
    async update({ id, inputs, oldInputs, old, preview }) {
      const added = Object.entries(old).filter(([name]) => !(name in oldInputs))
      const outputs = { ...Object.fromEntries(added), ...inputs }
      if (preview) return outputs
      await underway()
      inventory.change(id, inputs, outputs)
      await underway()
      return outputs
    },
    async delete({ id }) {
      await underway()
      inventory.remove(id)
      await underway()
    },
    async invoke(token, args) {
      const answer = lookUp(token, args)
      return kubeconfig !== undefined && token === 'oci:ContainerEngine/getClusterKubeConfig:getClusterKubeConfig'
        ? { ...answer, content: readFileSync(kubeconfig, 'utf8') }
        : answer
    },
  }
}

/** Another one each time: of two that were asked for alike, both exist. */
function idOf(type: string, name: string, inputs: Properties): string {
  // Buckets have no OCID.
  if (type === 'oci:ObjectStorage/bucket:Bucket') return `n/${inputs.namespace}/b/${inputs.name}`
  const place = ONE_IN_ITS_PLACE[type]?.map((input) => inputs[input])
  return identifier(type, place ? JSON.stringify(place) : `${name} ${randomUUID()}`, inputs)
}

const unknown = (type: string) => Object.fromEntries(outputsOf(type).map((name) => [name, UNKNOWN]))
