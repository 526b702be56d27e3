import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { glob, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { built } from '../../support/built.ts'
import { needPackages } from '../packages.ts'

const run = promisify(execFile)

/** The oldest Java that the server runs on. */
const JAVA = 21

/** The server with our plugin, and the Java that runs it: built by Maven where it is not there yet. */
export async function distribution(): Promise<{ home: string; java: string }> {
  await needPackages('maven')
  const java = await findJava()
  const pom = join(import.meta.dirname, 'pom.xml')
  const plugin = await Array.fromAsync(glob(join(import.meta.dirname, 'plugin/**/*.*')))
  const folder = await built('elasticsearch', [pom, ...plugin], async (folder) => {
    const env = { ...process.env, JAVA_HOME: java }
    await run('mvn', ['-q', '-B', '-f', pom, `-Dfolder=${folder}`, 'package'], { env })
  })
  const [home] = await Array.fromAsync(glob(join(folder, 'elasticsearch-*/')))
  if (home === undefined) throw new Error(`${folder} holds no server`)
  return { home, java }
}

async function findJava(): Promise<string> {
  const found = await javaAmong()
  if (found !== undefined) return found
  await needPackages(`openjdk-${JAVA}-jdk-headless`)
  const installed = await javaAmong()
  if (installed === undefined) throw new Error(`Elasticsearch needs a Java of version ${JAVA} or newer`)
  return installed
}

/** The newest Java with a compiler of those that are installed. Each says its version in a file. */
async function javaAmong(): Promise<string | undefined> {
  const releases = await Array.fromAsync(glob('/usr/lib/jvm/*/release'))
  const versions = await Promise.all(
    releases.map(async (file) => ({
      home: dirname(file),
      version: Number(/^JAVA_VERSION="(\d+)/m.exec(await readFile(file, 'utf8'))?.[1] ?? 0),
    })),
  )
  return versions
    .filter(({ home, version }) => version >= JAVA && existsSync(join(home, 'bin/javac')))
    .sort((a, b) => b.version - a.version)[0]?.home
}
