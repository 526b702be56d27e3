import { execFile } from 'node:child_process'
import { createHash, generateKeyPair, X509Certificate } from 'node:crypto'
import { promisify } from 'node:util'
import { inStateAlone } from './in-state-alone.ts'
import type { Properties, StandIn } from './stand-in.ts'

const KEY = 'tls:index/privateKey:PrivateKey'
const CERTIFICATE = 'tls:index/selfSignedCert:SelfSignedCert'

const PLAYED = {
  [KEY]: {
    inputs: ['algorithm', 'rsaBits', 'ecdsaCurve'],
    outputs: ['privateKeyPem', 'privateKeyPemPkcs8', 'publicKeyPem'],
  },
  [CERTIFICATE]: {
    inputs: [
      ...['privateKeyPem', 'subject', 'dnsNames', 'allowedUses', 'isCaCertificate'],
      ...['validityPeriodHours', 'earlyRenewalHours'],
    ],
    outputs: ['certPem', 'keyAlgorithm', 'readyForRenewal', 'validityStartTime', 'validityEndTime'],
  },
}

/** How the provider names the uses of a key, and how certificates do. */
const USES: Record<string, { usage?: string; extended?: string }> = {
  digital_signature: { usage: 'digitalSignature' },
  key_encipherment: { usage: 'keyEncipherment' },
  cert_signing: { usage: 'keyCertSign' },
  crl_signing: { usage: 'cRLSign' },
  server_auth: { extended: 'serverAuth' },
}

/** Plays the provider of keys and certificates, which live in the state alone: real ones, by Node.js and OpenSSL. */
export function tls(version: string): StandIn {
  return inStateAlone({
    name: 'tls',
    version,
    played: PLAYED,
    async make({ type, inputs }) {
      const added = type === KEY ? await makeKey(inputs) : await makeCertificate(inputs)
      return { id: createHash('sha1').update(JSON.stringify(added)).digest('hex'), added }
    },
    update: async ({ inputs, old }) => ({ ...old, ...inputs }),
  })
}

const generate = promisify(generateKeyPair)

async function makeKey({ algorithm, rsaBits = 2048, ecdsaCurve = 'P224' }: Properties) {
  const { privateKey, publicKey } =
    algorithm === 'RSA'
      ? await generate('rsa', { modulusLength: Number(rsaBits) })
      : await generate('ec', { namedCurve: `${ecdsaCurve}`.replace('P', 'P-') })
  return {
    privateKeyPem: privateKey.export({ format: 'pem', type: algorithm === 'RSA' ? 'pkcs1' : 'sec1' }),
    privateKeyPemPkcs8: privateKey.export({ format: 'pem', type: 'pkcs8' }),
    publicKeyPem: publicKey.export({ format: 'pem', type: 'spki' }),
  }
}

async function makeCertificate(inputs: Properties) {
  const { commonName } = inputs.subject as { commonName: string }
  const names = (inputs.dnsNames ?? []) as string[]
  const uses = (inputs.allowedUses as string[]).map((use) => {
    const known = USES[use]
    if (!known) throw new Error(`the stand-in knows no use ${use}`)
    return known
  })
  const extension = (name: string, values: (string | undefined)[]) => {
    const given = values.filter((value) => value !== undefined)
    return given.length > 0 ? ['-addext', `${name}=${given.join(',')}`] : []
  }
  const hours = Number(inputs.validityPeriodHours)
  // OpenSSL opens a pipe by its name, and not the socket that Node.js gives its children.
  const child = promisify(execFile)('sh', [
    ...['-c', 'cat | openssl req -x509 -new -key /dev/stdin "$@"', 'sh', '-subj', `/CN=${commonName}`],
    ...['-days', String(Math.ceil(hours / 24))],
    ...extension('basicConstraints', [inputs.isCaCertificate ? 'critical,CA:TRUE' : 'critical,CA:FALSE']),
    ...extension(
      'subjectAltName',
      names.map((name) => `DNS:${name}`),
    ),
    ...extension(
      'keyUsage',
      uses.map(({ usage }) => usage),
    ),
    ...extension(
      'extendedKeyUsage',
      uses.map(({ extended }) => extended),
    ),
  ])
  child.child.stdin?.end(inputs.privateKeyPem)
  const { stdout: certPem } = await child
  const { publicKey, validFromDate, validToDate } = new X509Certificate(certPem)
  return {
    certPem,
    keyAlgorithm: publicKey.asymmetricKeyType === 'rsa' ? 'RSA' : 'ECDSA',
    readyForRenewal: false,
    validityStartTime: validFromDate.toISOString(),
    validityEndTime: validToDate.toISOString(),
  }
}
