import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { program } from 'commander'
import { type Image, images } from '../../infra/images.ts'
import { readProject } from '../evaluate/project.ts'
import { type Digests, fill } from './fill.ts'

const ROOT = join(import.meta.dirname, '../..')
const FILE = join(ROOT, 'infra/digests.json')

program
  .name('npm run images --')
  .description(
    'Fills the registry of a stack with every image of infra/images.ts and the versions that cells are pinned to, and writes infra/digests.json.',
  )
  .argument('<stack>')
  .action(async (stack: string) => {
    const { config } = readProject(ROOT, join(ROOT, `Pulumi.${stack}.yaml`), {})
    const delivery: { promoteFrom?: string } = JSON.parse(config['kura:delivery'] ?? '{}')
    const { pins = {} }: { pins?: Record<string, string> } = JSON.parse(config['kura:cells'] ?? '{}')
    const digests: Digests = JSON.parse(readFileSync(FILE, 'utf8'))
    const filled = await fill({
      images: [...Object.values(images), ...pinned(Object.values(pins))],
      registry: config['kura:registry'] ?? '',
      ...(delivery.promoteFrom === undefined ? {} : { promoteFrom: delivery.promoteFrom }),
      digests,
      pushed: (reference) => console.log(`pushed ${reference}`),
    })
    writeFileSync(FILE, `${JSON.stringify(filled, null, 2)}\n`)
  })

/** Versions of the application that single cells run (`kura:cells.pins`). */
function pinned(versions: string[]): Image[] {
  const others = new Set(versions.filter((version) => version !== images.application.version))
  return [...others].map((version) => ({ ...images.application, version }))
}

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
