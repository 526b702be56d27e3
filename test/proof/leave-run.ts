import { cpus, totalmem } from 'node:os'
import type { Reporter, TestModule } from 'vitest/node'
import { ran, type Suite, today } from './measured.ts'

/** Leaves for the page of proofs what became of each test of a suite. */
export default class LeaveRun implements Reporter {
  readonly #suite: Suite
  #began = 0

  constructor(suite: Suite) {
    this.#suite = suite
  }

  onTestRunStart() {
    this.#began = performance.now()
  }

  onTestRunEnd(modules: readonly TestModule[]) {
    const tests = modules.flatMap((module) =>
      [...module.children.allTests()].flatMap((test) => {
        const { state } = test.result()
        return state === 'pending' ? [] : [{ sentence: test.fullName.replaceAll(' > ', ': '), state }]
      }),
    )
    ran({
      suite: this.#suite,
      day: today(),
      machine: `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
      seconds: Math.round((performance.now() - this.#began) / 1_000),
      tests,
    })
  }
}
