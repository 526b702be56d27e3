import type { StandIn } from './stand-in.ts'

/** Takes part without being asked for anything: for what comes after the part that is deployed. */
export function absent(name: string, version: string): StandIn {
  const refuse = async () => {
    throw new Error(`there is nothing yet that ${name} could speak to`)
  }
  return {
    ...{ name, version, check: refuse, diff: refuse, create: refuse },
    ...{ read: refuse, update: refuse, delete: refuse, invoke: refuse },
  }
}
