import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { images } from '../../infra/images.ts'
import { WORKLOADS } from '../../infra/operations/grants.ts'
import type { Evaluation } from '../../tools/evaluate/index.ts'
import { packNames } from '../../tools/packs/index.ts'
import { evaluateStacks, inputsOf, STACKS, type Stack } from './stacks.ts'

const PROJECT = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(PROJECT, path), 'utf8')

let stacks: Record<Stack, Evaluation>
beforeAll(async () => {
  stacks = await evaluateStacks()
})

interface Stage {
  displayName: string
  buildPipelineStageType?: string
  deployStageType?: string
  buildSpecFile?: string
  privateAccessConfig?: { subnetId: string }
  approvalPolicy?: { numberOfApprovalsRequired: number }
}

describe.each(STACKS)('the delivery of %s', (stack) => {
  test('has a repository for every image, in which a version stays what it is', () => {
    const repositories = inputsOf<{ displayName: string; isImmutable: boolean; isPublic: boolean }>(
      stacks[stack],
      'oci:Artifacts/containerRepository:ContainerRepository',
    )
    expect(repositories.map(({ displayName }) => displayName).sort()).toEqual(
      Object.values(images)
        .map(({ repository }) => `kura-${stack}/${repository}`)
        .sort(),
    )
    for (const repository of repositories) expect(repository).toMatchObject({ isImmutable: true, isPublic: false })
    const [target] = inputsOf<{ targetRegistry: { repositories: string[] } }>(
      stacks[stack],
      'oci:VulnerabilityScanning/containerScanTarget:ContainerScanTarget',
    )
    expect(target?.targetRegistry.repositories).toHaveLength(repositories.length)
  })

  test('goes from images to a preview to a deployment, on a runner that reaches the cluster', () => {
    const stages = inputsOf<Stage>(stacks[stack], 'oci:DevOps/buildPipelineStage:BuildPipelineStage')
    expect(stages.map((stage) => [stage.displayName, stage.buildPipelineStageType]).sort()).toEqual([
      ['kura-delivery-build-compare', 'BUILD'],
      ['kura-delivery-build-deploy', 'TRIGGER_DEPLOYMENT_PIPELINE'],
      ['kura-delivery-build-hand-over', 'DELIVER_ARTIFACT'],
      ['kura-delivery-build-images', 'BUILD'],
      ['kura-delivery-build-preview', 'BUILD'],
    ])
    const subnet = stacks[stack].resources.find(({ name }) => name === 'kura-network-delivery')?.id
    expect(subnet).toMatch(/^ocid1\.subnet\./)
    for (const { buildSpecFile, privateAccessConfig } of stages.filter((stage) => stage.buildSpecFile)) {
      expect(privateAccessConfig?.subnetId).toBe(subnet)
      expect(readdirSync(join(PROJECT, 'delivery'))).toContain(buildSpecFile?.replace('delivery/', ''))
    }
  })

  test('reads the repository by a connection of its own, and starts where the git server calls it', () => {
    const [connection] = inputsOf(stacks[stack], 'oci:DevOps/connection:Connection')
    expect(connection).toMatchObject({
      connectionType: 'GITLAB_SERVER_ACCESS_TOKEN',
      baseUrl: 'https://git.kura.example',
      accessToken: expect.stringMatching(/^ocid1\.vaultsecret\./),
    })
    const [trigger] = inputsOf<{ connectionId?: string }>(stacks[stack], 'oci:DevOps/trigger:Trigger')
    // A trigger of a server of one's own has none, and one that is declared would differ for ever.
    expect(trigger).not.toHaveProperty('connectionId')
  })

  test('is logged, without which the service runs nothing', () => {
    const logs = inputsOf<{ configuration?: { source: { service: string; resource: string } } }>(
      stacks[stack],
      'oci:Logging/log:Log',
    ).flatMap(({ configuration }) => (configuration?.source.service === 'devops' ? [configuration.source] : []))
    const project = stacks[stack].resources.find(({ name }) => name === 'kura-delivery-project')?.id
    expect(project).toMatch(/^ocid1\./)
    expect(logs).toMatchObject([{ category: 'all', resource: project }])
  })

  test('waits for as many approvals as are asked for, and carries out what was handed over', () => {
    const stages = inputsOf<Stage>(stacks[stack], 'oci:DevOps/deployStage:DeployStage')
    const approvals = stages.flatMap(({ approvalPolicy }) => approvalPolicy?.numberOfApprovalsRequired ?? [])
    expect(approvals).toEqual(stack === 'prod' ? [1] : [])
    const [commands] = inputsOf<{ deployArtifactSource: { base64encodedContent?: string } }>(
      stacks[stack],
      'oci:DevOps/deployArtifact:DeployArtifact',
    ).filter(({ deployArtifactSource }) => deployArtifactSource.base64encodedContent)
    const { steps } = parse(Buffer.from(commands?.deployArtifactSource.base64encodedContent ?? '', 'base64').toString())
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what the service fills in
    expect(steps[0].command).toContain("--artifact-version '${buildRun}'")
    expect(steps[0].command).toContain('delivery/up.sh')
    expect(read('delivery/preview.yaml')).toContain('exportedVariables: [buildRun]')
  })

  test('compares each night, by an identity that may start that and nothing else', () => {
    const [job] = inputsOf<{
      metadata: { namespace: string }
      spec: { jobTemplate: { spec: { template: { spec: { serviceAccountName: string } } } } }
    }>(stacks[stack], 'kubernetes:batch/v1:CronJob').filter(
      ({ metadata }) => metadata.namespace === WORKLOADS.nightly.namespace,
    )
    expect(job?.spec.jobTemplate.spec.template.spec.serviceAccountName).toBe(WORKLOADS.nightly.serviceAccount)
  })
})

test('every step of the pipelines is a script that a shell takes, and none needs what nobody gives it', () => {
  const scripts = readdirSync(join(PROJECT, 'delivery')).filter((file) => file.endsWith('.sh'))
  const given = read('infra/operations/delivery/index.ts').match(/#parameters\(\) \{[\s\S]*?\n {2}\}/)?.[0] ?? ''
  for (const script of scripts) {
    execFileSync('bash', ['-n', join(PROJECT, 'delivery', script)])
    for (const [, name] of read(`delivery/${script}`).matchAll(/\$\{?([A-Z][A-Z_]+)\b/g))
      if (!['HOME', 'PATH', 'BASH_SOURCE'].includes(name ?? ''))
        expect(given, `${script} reads ${name}`).toContain(`${name}:`)
  }
  expect(scripts.sort()).toEqual(['compare.sh', 'environment.sh', 'images.sh', 'preview.sh', 'up.sh'])
})

describe('the preview', () => {
  /** Runs the scripts' function with a Pulumi that prints this and ends with this code. */
  const preview = (prints: string, code = 0) => {
    const [declared = ''] = /^preview\(\) \{[\s\S]*?^\}/m.exec(read('delivery/environment.sh')) ?? []
    const script = [
      'set -euo pipefail',
      'cd "$(mktemp -d)"',
      `pulumi() { echo "$*"; echo "${prints}"; return ${code}; }`,
      'STACK=prod packs=(--policy-pack policies/oci --policy-pack-config policies/config/oci.json)',
      declared,
      'preview --save-plan plan.json',
    ]
    const { status, stdout } = spawnSync('bash', ['-c', script.join('\n')], { encoding: 'utf8' })
    return { status, stdout }
  }

  test('has the packs with their configuration, and passes what Pulumi passes', () => {
    const { status, stdout } = preview('Resources: 3 unchanged')
    expect(status).toBe(0)
    expect(stdout).toContain(
      '--policy-pack policies/oci --policy-pack-config policies/config/oci.json --save-plan plan.json',
    )
    expect(preview('error: violated', 255).status).toBe(255)
  })

  test('fails where a rule could not be judged, which Pulumi passes', () => {
    expect(preview("[advisory] bucket-not-public: can't run policy 'x' during preview").status).toBe(1)
  })

  test('fails after a deployment that was killed while it made something', () => {
    const { status, stdout } = preview('\\"type\\": \\"creating\\"')
    expect(status).toBe(1)
    expect(stdout).not.toContain('preview')
  })

  test('finds every pack with a configuration beside it', () => {
    for (const pack of packNames())
      expect(existsSync(join(PROJECT, 'policies/config', `${pack}.json`)), pack).toBe(true)
  })
})

test('a preview that fails fails its step, and names no run', () => {
  const { steps } = parse(read('delivery/preview.yaml'))
  const folder = mkdtempSync(join(tmpdir(), 'kura-step-'))
  mkdirSync(join(folder, 'delivery'))
  const run = (code: number) => {
    writeFileSync(join(folder, 'delivery/preview.sh'), `exit ${code}\n`, { mode: 0o755 })
    const env = { PATH: process.env.PATH, OCI_BUILD_RUN_ID: 'the run' }
    return spawnSync('bash', ['-c', `${steps[0].command}\necho "$buildRun"`], { cwd: folder, env, encoding: 'utf8' })
  }
  expect(run(0).stdout).toBe('the run\n')
  expect(run(3).stdout).toBe('\n')
  const alone = spawnSync('bash', ['-c', steps[0].command], { cwd: folder, env: { PATH: process.env.PATH } })
  expect(alone.status).toBe(3)
  rmSync(folder, { recursive: true })
})

describe('what a change is reviewed against', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kura-delivery-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const [origin, stands] = [join(folder, 'origin'), join(folder, 'stands')]
  const git = (cwd: string, ...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=somebody', '-c', 'user.email=somebody@invalid', ...args], {
      cwd,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim()
  const write = (path: string, text: string, mode = 0o644) => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text, { mode })
  }
  const stand = (path: string, ...lines: string[]) =>
    write(join(stands, path), ['#!/bin/sh', ...lines].join('\n'), 0o755)

  let commits: string[]
  beforeAll(() => {
    cpSync(join(PROJECT, 'delivery'), join(origin, 'delivery'), { recursive: true })
    write(join(origin, 'policies/oci/PulumiPolicy.yaml'), '')
    write(join(origin, 'infra/digests.json'), '{}')
    write(join(origin, 'package.json'), '{}')
    git(folder, 'init', '--quiet', '--initial-branch', 'main', origin)
    commits = ['first', 'second', 'third', 'fourth'].map((what) => {
      write(join(origin, 'what'), what)
      git(origin, 'add', '--all')
      git(origin, 'commit', '--quiet', '--message', what)
      return git(origin, 'rev-parse', 'HEAD')
    })
    // What the scripts run besides git, Node.js and the shell; what was asked of it is in `asked`.
    const bundle = Buffer.from(JSON.stringify({ passphrase: 'p', id: 'i', secret: 's', token: 't' })).toString('base64')
    stand('npm', 'echo "npm $*" >>"$ASKED"')
    stand('oci', `echo ${bundle}`)
    stand(
      'home/.kura-tools/pulumi/pulumi',
      'echo "pulumi $*" >>"$ASKED"',
      'case $1 in stack) printf %s "$HISTORY" ;; preview) echo {} >plan.json ;; esac',
    )
  })

  const run = (clone: string, script: string, history: object[] = []) => {
    const asked = `${clone}.asked`
    writeFileSync(asked, '')
    const { status, stderr } = spawnSync('bash', [`delivery/${script}`], {
      cwd: clone,
      encoding: 'utf8',
      env: {
        ...{ PATH: `${stands}:${process.env.PATH}`, HOME: join(stands, 'home'), ASKED: asked },
        ...{ STACK: 'prod', STATE: 's3://state', CREDENTIALS: 'ocid1', REGION: 'r', HISTORY: JSON.stringify(history) },
      },
    })
    return { status, stderr, asked: readFileSync(asked, 'utf8') }
  }
  let clones = 0
  /** Previews the last commit in a clone of it alone, as a build has it. */
  const preview = (history: object[], depth = 1) => {
    const clone = join(folder, `clone-${clones++}`)
    git(folder, 'clone', '--quiet', '--depth', String(depth), `file://${origin}`, clone)
    return { clone, ...run(clone, 'preview.sh', history) }
  }
  const update = (message: string, result = 'succeeded', more = {}) => ({ kind: 'update', message, result, ...more })

  test('is the commit that was deployed last, whatever was refused since', () => {
    const [first, second = '', third = ''] = commits
    const { status, asked, stderr } = preview([
      { ...update(third), kind: 'refresh' },
      update(third, 'failed'),
      update(second),
      update(first as string),
    ])
    expect(status, stderr).toBe(0)
    expect(asked).toContain(`npm run -s review -- prod --base ${second}\n`)
    expect(asked).toContain('pulumi stack history --stack prod --json --show-secrets=false')
  })

  test('is what was deployed by hand from a clone', () => {
    const { asked } = preview([update('Raise the nodes', 'succeeded', { environment: { 'git.head': commits[0] } })])
    expect(asked).toContain(`npm run -s review -- prod --base ${commits[0]}\n`)
  })

  test('is the first parent before the first deployment', () => {
    expect(preview([]).asked).toContain(`npm run -s review -- prod --base ${commits[2]}\n`)
    expect(preview([update('by hand')]).asked).toContain(`npm run -s review -- prod --base ${commits[2]}\n`)
  })

  test('has to be in the repository', () => {
    const gone = '0'.repeat(40)
    const { status, stderr, asked } = preview([update(gone)])
    expect(status).toBe(1)
    expect(stderr).toContain(`${gone} is deployed and not in this clone`)
    expect(asked).not.toContain('review')
  })

  test('is noted by the deployment, which has no clone', () => {
    const { clone } = preview([])
    const unpacked = join(folder, 'unpacked')
    mkdirSync(unpacked)
    execFileSync('tar', ['--extract', '--gzip', '--file', join(clone, 'change.tar.gz')], { cwd: unpacked })
    const { status, asked, stderr } = run(unpacked, 'up.sh')
    expect(status, stderr).toBe(0)
    expect(asked).toContain(`pulumi up --stack prod --yes --plan plan.json --message ${commits[3]} --policy-pack`)
  })
})

test('the check reviews both stacks, against a commit where one is named', () => {
  const [named = ''] = /^base=[\s\S]*?^done/m.exec(read('.ci/run')) ?? []
  const asked = (env = {}) =>
    spawnSync('bash', ['-c', `set -u; step() { echo "$*"; }\n${named}`], {
      env: { PATH: process.env.PATH, ...env },
      encoding: 'utf8',
    }).stdout
  expect(asked()).toMatch(/against no base.*\n.* -- dev\n.* -- prod\n$/)
  expect(asked({ KURA_BASE: 'main' })).toMatch(/against main\n.* -- dev --base main\n.* -- prod --base main\n$/)
})
