/** Arguments by which the engine is told to make the cloud half alone, as at a first deployment. */
export const cloudHalf = (stack: string) => ['--target', `urn:pulumi:${stack}::kura::kura:cloud:**`]
