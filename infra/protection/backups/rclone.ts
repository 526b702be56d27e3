import { getSecretbundleOutput } from '@pulumi/oci/secrets/index.js'
import * as pulumi from '@pulumi/pulumi'
import { z } from 'zod'
import type { Settings } from '../../settings.ts'
import type { ObjectStore, S3Key } from '../../storage/index.ts'

interface Remote {
  store: pulumi.Input<Pick<ObjectStore, 'endpoint' | 'region'>>
  key: S3Key
}

/**
 * rclone's configuration with a remote of each name. Oracle's S3 takes addresses by path, and none of the checksums in
 * trailers that clients send on their own.
 */
export function rcloneConfiguration(remotes: Record<string, Remote>): pulumi.Output<string> {
  const sections = Object.entries(remotes).map(([name, { store, key }]) =>
    pulumi
      .all([store, key.id, key.secret])
      .apply(([{ endpoint, region }, id, secret]) =>
        [
          `[${name}]`,
          'type = s3',
          'provider = Other',
          `endpoint = ${endpoint}`,
          `region = ${region}`,
          `access_key_id = ${id}`,
          `secret_access_key = ${secret}`,
          'force_path_style = true',
          'use_data_integrity_protections = false',
          'no_check_bucket = true',
          '',
        ].join('\n'),
      ),
  )
  return pulumi.secret(pulumi.all(sections).apply((texts) => texts.join('\n')))
}

const Credentials = z.strictObject({ id: z.string().min(1), secret: z.string().min(1) })

/** The storage at NII, with the keys that the vault keeps for it. */
export function offsiteCredentials(offsite: Settings['backups']['offsite'], parent: pulumi.Resource): Remote {
  const content = getSecretbundleOutput({ secretId: offsite.credentials }, { parent }).secretBundleContents.apply(
    ([bundle]) => {
      const read = Credentials.safeParse(json(Buffer.from(bundle?.content ?? '', 'base64').toString()))
      // What it holds must not get into the message.
      if (!read.success)
        throw new pulumi.RunError('the secret kura:backups.offsite.credentials must hold {"id": …, "secret": …}')
      return read.data
    },
  )
  return {
    store: { endpoint: offsite.endpoint, region: 'us-east-1' },
    key: { id: content.id, secret: pulumi.secret(content.secret) },
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
