import { cpus, totalmem } from 'node:os'
import { relative } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'
import { root } from '../../app/cli/local.ts'
import { forget, leaveRun } from './left.ts'

/** Leaves for the page of proofs what each file has shown; nothing of one that failed or did not reach its end. */
export default class LeaveRun implements Reporter {
  onTestModuleStart(module: TestModule) {
    forget(fileOf(module))
  }

  onTestModuleEnd(module: TestModule) {
    // `failed` after a set-up that failed, too, which leaves its tests as if they were left out on purpose.
    if (module.state() !== 'passed') return
    const tests = [...module.children.allTests()]
    if (tests.some((test) => test.result().state === 'pending')) return
    leaveRun({
      file: fileOf(module),
      day: new Date().toISOString().slice(0, 10),
      machine: `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
      seconds: Math.round(module.diagnostic().duration / 1_000),
      tests: tests.map((test) => ({
        sentence: test.fullName.replaceAll(' > ', ': '),
        skipped: test.result().state === 'skipped',
      })),
    })
  }
}

const fileOf = ({ moduleId }: TestModule) => relative(root, moduleId)
