/** Inputs or outputs of a resource as plain values. What is not known yet is {@link UNKNOWN}; secrets are opened. */
export type Properties = Record<string, unknown>

/** The engine's mark for what is not known before the deployment. */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

/** A resource that the engine asks about. */
export interface Asked {
  urn: string
  /** `oci:Core/vcn:Vcn`. */
  type: string
  name: string
}

/** What a change of inputs would do. */
export interface Difference {
  /** Top-level inputs that differ. */
  changed: string[]
  /** Those of them for which the resource must be replaced. */
  replaces: string[]
  /** Whether the old one has to go before the new one comes. */
  deleteBeforeReplace?: boolean
}

/**
 * Plays a provider, as far as it can be honest about: what it cannot know it does not claim. Errors that it throws are
 * what the engine sees of a provider that was refused.
 */
export interface StandIn {
  /** The package's name and version: `oci`, `4.20.0`. */
  name: string
  version: string
  configure?(inputs: Properties): Promise<void>
  /** The inputs with what the provider adds (names), and what is wrong with them. */
  check(
    asked: Asked & { inputs: Properties },
  ): Promise<{ inputs: Properties; failures: { property: string; reason: string }[] }>
  diff(asked: Asked & { inputs: Properties; oldInputs: Properties }): Promise<Difference>
  /** In a preview nothing is made: outputs that only the provider fills in are {@link UNKNOWN}. */
  create(
    asked: Asked & { inputs: Properties; preview: boolean /** Seconds; 0 is the provider's own. */; timeout: number },
  ): Promise<{ id: string; outputs: Properties }>
  /** The resource as it is; nothing if it is gone. */
  read(
    asked: Asked & { id: string; inputs: Properties; outputs: Properties },
  ): Promise<{ id: string; inputs: Properties; outputs: Properties } | undefined>
  update(
    asked: Asked & {
      id: string
      inputs: Properties
      oldInputs: Properties
      old: Properties
      preview: boolean
      timeout: number
    },
  ): Promise<Properties>
  delete(asked: Asked & { id: string; outputs: Properties; timeout: number }): Promise<void>
  /** What a data source answers. Throws where it knows none of that name. */
  invoke(token: string, args: Properties): Promise<Properties>
}
