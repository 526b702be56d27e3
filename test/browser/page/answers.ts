/** What can be asked in the page that is looked at. What is a list of sentences says what is wrong there. */
export interface Look {
  /** What moved that had been shown (Layout Instability, section 3). */
  shift(): string[]
  /** What the content security policy refused. */
  refused(): string[]
  accessibility(rules: string[]): Promise<string[]>
  width(): string[]
  headings(): string[]
  targets(): string[]
  /** Notes what can be acted on, and says how much it is. Whoever presses Tab next begins at the top. */
  reachable(): number
  /** The place of what has the focus among what can be acted on, and what is wrong with it; nothing if nothing has it. */
  focused(): { place: number; faults: string[] } | undefined
  /** What is at these places among what can be acted on. */
  named(places: number[]): string[]
  /** What the page says to who can see it. */
  content(): { headings: string[]; characters: number }
}
