/** A catalogue of controls that rules serve. */
export interface Framework<Id extends string = string> {
  name: string
  version: string
  /** Where the framework itself can be read. */
  source: string
  /** What a reader has to know of its ids. */
  note?: string
  controls: Record<Id, FrameworkControl>
}

export interface FrameworkControl {
  /** What it asks for, in our words. */
  asks: string
  /** Rules of packs that know nothing of the framework and ask what it does, as `<pack>/<rule>`. */
  askedBy?: string[]
  /** Why no rule serves it. A control has this or a rule. */
  unchecked?: string
  /** Where its rules do not ask what the framework does: what is wrong or out of date there, and the source. */
  differs?: string
}

/** A framework whose ids are known to the compiler, so that a rule cannot serve a control that there is not. */
export function framework<const Id extends string>(described: Framework<Id>): Framework<Id> {
  return described
}
