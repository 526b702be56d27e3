import { deadLetters, listQueues, replay } from '../ports/queue/rabbitmq/index.ts'
import { configuration } from './institution.ts'
import { PlainError } from './plain-error.ts'

/** Prints the queues of the configured cells, a line of JSON each: `{"queue":"…","messages":n,"consumers":n}`. */
export const listCommand = () => print(({ server, cells }) => listQueues(server, cells))

/** Prints what could not be handled, a line of JSON each: `{"queue":"…","reason":"…","since":"…","tenant":"…","body":"…"}`. */
export async function deadCommand({ limit }: { limit: string }): Promise<void> {
  if (!/^[1-9]\d{0,5}$/.test(limit)) throw new PlainError(`"${limit}" is not a number of messages`)
  await print(({ server, cells }) => deadLetters(server, cells, Number(limit)))
}

/**
 * Sends what could not be handled back to where it was, and prints it as {@link deadCommand} does, with
 * `"replayed":false` for what had to stay.
 */
export const replayCommand = () => print(({ server, cells }) => replay(server, cells))

async function print(ask: (at: ReturnType<typeof configured>) => Promise<object[]>): Promise<void> {
  const at = configured()
  const lines = await ask(at).catch((cause: Error) => {
    throw new PlainError(`RabbitMQ cannot be asked: ${cause.message}`)
  })
  for (const line of lines) process.stdout.write(`${JSON.stringify(line)}\n`)
}

function configured() {
  const { queue, cells, credentials } = configuration()
  if (queue.kind !== 'rabbitmq')
    throw new PlainError('RabbitMQ is not configured here: processes work their outboxes off themselves.')
  return { server: { ...queue, passwordFile: credentials.queue as string }, cells }
}
