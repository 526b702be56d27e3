import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FILES, PORTS } from '../../infra/repositories/configuration.ts'
import { AUTHORITIES, nginxConfiguration } from '../../infra/repositories/nginx.ts'

type Declared = Parameters<typeof nginxConfiguration>[0]

interface Here extends Pick<Declared, 'objects'> {
  /** GiB of the largest upload. */
  upload: number
  ports: Pick<typeof PORTS, 'web' | 'application' | 'nginx'>
  /** Who tells addresses of names. */
  resolver?: string
  /** File with the authorities that object storage's certificate may come from. */
  authorities?: string
}

/**
 * Writes the declared configuration of nginx for this machine: ports, folders, and who vouches for addresses are its
 * own, and nothing else is.
 *
 * @returns the file.
 */
export async function writeNginx(
  folder: string,
  { upload, objects, ports, resolver = '127.0.0.1', authorities = AUTHORITIES }: Here,
): Promise<string> {
  await mkdir(join(folder, 'uploads'), { recursive: true })
  const configuration = nginxConfiguration({
    upload,
    objects,
    trusted: ['127.0.0.0/8', '10.0.0.0/16'],
    vcpu: 1,
    resolver,
  })
    .replaceAll(new RegExp(`${FILES}/|/tmp/`, 'g'), `${folder}/`)
    .replace(`listen ${PORTS.web} `, `listen 127.0.0.1:${ports.web} `)
    .replace(`listen ${PORTS.nginx};`, `listen 127.0.0.1:${ports.nginx};`)
    .replace(`127.0.0.1:${PORTS.application};`, `127.0.0.1:${ports.application};`)
    .replace(AUTHORITIES, authorities)
    // Where root tests, its workers are nobody by themselves.
    .replace('daemon off;', process.getuid?.() === 0 ? 'daemon off;\nuser root;' : 'daemon off;')
  const file = join(folder, 'nginx.conf')
  await writeFile(file, configuration)
  return file
}
