import type * as pulumi from '@pulumi/pulumi'
import { RandomPassword } from '@pulumi/random'

/** A user of a service, and its password. */
export interface Login {
  user: string
  password: pulumi.Output<string>
}

/**
 * A password: letters and digits alone, which need no escape in any file or address.
 *
 * @param generation one more makes another password in its place.
 */
export function password(name: string, generation: number, parent: pulumi.Resource): RandomPassword {
  return new RandomPassword(
    name,
    { length: 32, special: false, keepers: { generation: String(generation) } },
    { parent },
  )
}
