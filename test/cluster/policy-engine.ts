import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Question } from '../definition/allowed.ts'
import { type End, numbered, type Policies } from '../definition/traffic.ts'
import { programs } from '../programs/index.ts'

const run = promisify(execFile)

type Connection = Omit<Question, 'allowed'>

/** Connections that are asked about at a time: what the program says of each is a table to read. */
const AT_ONCE = 5_000

/**
 * Which of these connections network policies let pass: asked of cyclonus, a program that others wrote to hold the
 * network plug-ins of clusters against.
 *
 * @param folder for what it reads.
 */
export async function passing(folder: string, policies: Policies, connections: Connection[]): Promise<boolean[]> {
  const program = join(await programs('cyclonus'), 'cyclonus')
  const written = join(folder, 'policies.json')
  const asked = join(folder, 'connections.json')
  const header = { apiVersion: 'networking.k8s.io/v1' }
  const items = policies.all.map((policy) => ({ ...header, kind: 'NetworkPolicy', ...policy }))
  await writeFile(written, JSON.stringify({ ...header, kind: 'NetworkPolicyList', items }))
  const said: boolean[] = []
  for (let first = 0; first < connections.length; first += AT_ONCE) {
    const these = connections.slice(first, first + AT_ONCE)
    await writeFile(asked, JSON.stringify(these.map((connection) => question(policies, connection))))
    const { stdout } = await run(
      program,
      ['analyze', '--mode=query-traffic', `--policy-path=${written}`, `--traffic-path=${asked}`],
      { maxBuffer: 2 ** 27 },
    )
    const answers = [...stdout.matchAll(/^\| IS ALLOWED\? +\| +(TRUE|FALSE)\b/gm)].map(
      ([, answer]) => answer === 'TRUE',
    )
    if (answers.length !== these.length) throw new Error(`${these.length} questions, ${answers.length} answers`)
    said.push(...answers)
  }
  return said
}

function question(policies: Policies, { from, to, port }: Connection) {
  const peer = ({ address, namespace, labels }: End) => ({
    IP: address,
    ...(namespace === undefined
      ? {}
      : {
          Internal: { Namespace: namespace, NamespaceLabels: policies.labelsOf(namespace), PodLabels: labels },
        }),
  })
  const [number, protocol] = numbered(port)
  return { Source: peer(from), Destination: peer(to), ResolvedPort: number, Protocol: protocol }
}
