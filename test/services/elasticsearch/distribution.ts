import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { needPackages } from '../packages.ts'

const run = promisify(execFile)

/** Where it is built, once for all who test. */
const CACHE = join(import.meta.dirname, '../../../node_modules/.cache/kura-elasticsearch')
/** The oldest Java that the server runs on. */
const JAVA = 21

/** The server with our plugin, and the Java that runs it: built by Maven where it is not there yet. */
export async function distribution(): Promise<{ home: string; java: string }> {
  await needPackages('maven')
  const java = await findJava()
  const folder = join(CACHE, await digest())
  if (!existsSync(folder)) await build(folder, java)
  const [home] = await Array.fromAsync(glob(join(folder, 'elasticsearch-*/')))
  if (home === undefined) throw new Error(`${folder} holds no server`)
  return { home, java }
}

/** Built beside its place and then put there whole: several test files may be at it, and any may be broken off. */
async function build(folder: string, java: string): Promise<void> {
  await mkdir(CACHE, { recursive: true })
  const beside = await mkdtemp(join(CACHE, 'building-'))
  try {
    const pom = join(import.meta.dirname, 'pom.xml')
    await run('mvn', ['-q', '-B', '-f', pom, `-Dfolder=${join(beside, 'built')}`, 'package'], {
      env: { ...process.env, JAVA_HOME: java },
    })
    await rename(join(beside, 'built'), folder).catch((error) => {
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
}

/** A change of what it is built from is another server. */
async function digest(): Promise<string> {
  const hash = createHash('sha256')
  const files = await Array.fromAsync(glob(join(import.meta.dirname, '{pom.xml,plugin/**/*.*}')))
  for (const file of files.sort()) hash.update(await readFile(file))
  return hash.digest('hex').slice(0, 16)
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
