import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../app/cli/local.ts'

/*
 * `npm run check`: what can be said of the code without running it. Types; form, lint and who may import whom
 * (biome.json); files, exports and packages that nobody uses (knip.json).
 */
const checks = [
  ['tsc'],
  // What runs in browsers knows their library, and not that of Node.js.
  ['tsc', '--project', 'app/pages/scripts'],
  ['tsc', '--project', 'test/browser/page'],
  // Warnings are errors: one that may stay is suppressed where it stands, with its reason.
  ['biome', 'check', '--error-on-warnings'],
  ['knip', '--no-progress'],
]

const results = await Promise.all(checks.map(run))
process.exitCode = results.every(Boolean) ? 0 : 1

/** Runs one check and prints what it found, whole, when it has ended. */
function run([program = '', ...args]: string[]): Promise<boolean> {
  const began = performance.now()
  // By our Node.js: what npm finds first may be an older one.
  const child = spawn(process.execPath, [join(root, 'node_modules/.bin', program), ...args], { cwd: root })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  return new Promise((resolve) => {
    child.once('close', (code) => {
      const passed = code === 0
      if (!passed) console.log(output)
      console.log(
        `${passed ? 'passed' : 'FAILED'}  ${[program, ...args].join(' ')}, ${((performance.now() - began) / 1_000).toFixed(1)} s`,
      )
      resolve(passed)
    })
  })
}
