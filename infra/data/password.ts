import type * as pulumi from '@pulumi/pulumi'
import { RandomPassword } from '@pulumi/random'

/** A user of a service, and its password. */
export interface Login {
  user: string
  password: pulumi.Output<string>
}

/** A password of a service's user: letters and digits alone, which need no escape in any file or address. */
export function password(name: string, parent: pulumi.Resource): RandomPassword {
  return new RandomPassword(name, { length: 32, special: false }, { parent })
}
