import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
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

  test('finds every pack with a configuration beside it', () => {
    for (const pack of packNames())
      expect(existsSync(join(PROJECT, 'policies/config', `${pack}.json`)), pack).toBe(true)
  })
})
