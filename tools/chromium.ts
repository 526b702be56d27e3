import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']
/** Where systems keep it that have no path for programs with windows. */
const PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The Chromium that this machine has: what `KURA_CHROMIUM` names, or one that is found. */
export function findChromium(env = process.env): string | undefined {
  if (env.KURA_CHROMIUM) return env.KURA_CHROMIUM
  const found = (env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...found, ...PLACES].find(isProgram)
}

export const NO_CHROMIUM =
  'There is no Chromium on this machine: install it (Debian: apt-get install chromium fonts-ipafont-gothic), or name one by KURA_CHROMIUM.'

/** Starts Chromium without a window. Whoever starts it closes it. */
export function startChromium(executablePath: string): Promise<Browser> {
  // Containers have neither its sandbox's rights, nor much shared memory, nor a graphics card.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] })
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
