import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Image } from '../../infra/images.ts'

const run = promisify(execFile)

/** Digests by `<repository>:<version>`. */
export type Digests = Record<string, string>

interface Fill {
  images: Image[]
  registry: string
  /** Registry from which our own images are taken; without it they are built. */
  promoteFrom?: string
  digests: Digests
  /** What was pushed, as `<registry>/<repository>:<version>@<digest>`. */
  pushed: (reference: string) => void
}

/**
 * Makes a registry hold every image, and finds by which digest. What has a digest is copied by it, so that a tag that
 * somebody moved changes nothing; what has none gets that of its tag today. Run again, it does what is missing.
 *
 * @returns the digests, also of images that had none.
 * @throws Error naming the image whose digest in the registry is another than the one written.
 */
export async function fill({ images, registry, promoteFrom, digests, pushed }: Fill): Promise<Digests> {
  const known: Digests = { ...digests }
  for (const { repository, version, source } of images) {
    const name = `${repository}:${version}`
    const target = `${registry}/${name}`
    const wanted = known[name]
    const present = await digestOf(target)
    if (present !== undefined && wanted !== undefined && present !== wanted)
      throw new Error(`${target} is ${present}, but infra/digests.json says ${wanted}: give it another version`)
    if (present !== undefined) {
      known[name] = present
      continue
    }
    const origin = source ?? (promoteFrom === undefined ? undefined : `${promoteFrom}/${repository}`)
    if (origin === undefined) await build(repository, target)
    else {
      const digest = wanted ?? (await digestOf(`${origin}:${version}`))
      if (digest === undefined) throw new Error(`${origin}:${version} does not exist`)
      // Every platform of it, so that the digest stays that of the whole.
      await run('skopeo', ['copy', '--all', '--preserve-digests', `docker://${origin}@${digest}`, `docker://${target}`])
    }
    const digest = await digestOf(target)
    if (digest === undefined) throw new Error(`${target} was pushed and is not there`)
    if (wanted !== undefined && digest !== wanted)
      throw new Error(`${target} became ${digest}, but infra/digests.json says ${wanted}: give it another version`)
    known[name] = digest
    pushed(`${target}@${digest}`)
  }
  return Object.fromEntries(Object.entries(known).sort(([a], [b]) => (a < b ? -1 : 1)))
}

async function build(repository: string, target: string) {
  await run('podman', ['build', '--file', `images/${repository}/Dockerfile`, '--tag', target, '.'])
  await run('podman', ['push', target])
}

/** The digest of what a tag names, or nothing if there is no such tag. */
async function digestOf(reference: string): Promise<string | undefined> {
  try {
    const { stdout } = await run('skopeo', ['inspect', '--format', '{{.Digest}}', `docker://${reference}`])
    return stdout.trim()
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string }
    if (/manifest unknown|not found|name unknown/i.test(stderr)) return undefined
    throw error
  }
}
