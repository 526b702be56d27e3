import * as artifacts from '@pulumi/oci/artifacts/index.js'
import * as devops from '@pulumi/oci/devops/index.js'
import * as logging from '@pulumi/oci/logging/index.js'
import * as vulnerabilityscanning from '@pulumi/oci/vulnerabilityscanning/index.js'
import * as pulumi from '@pulumi/pulumi'
import { stringify } from 'yaml'
import { Component } from '../../component.ts'
import { images } from '../../images.ts'
import type { Network } from '../../network/index.ts'
import type { Settings } from '../../settings.ts'
import type { Alarms } from '../alarms.ts'

/** Oracle's image that managed builds run in. */
const BUILD_IMAGE = 'OL8_X86_64_STANDARD_10'

const HOUR = 3600

/** Days that what pipelines write can be read. */
const LOG_DAYS = 90

/** A placeholder of the service's: the build run whose plan is carried out (`delivery/preview.yaml` exports it). */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Oracle's own way of writing it
const BUILD_RUN = '${buildRun}'

interface DeliveryArgs {
  settings: Pick<Settings, 'compartment' | 'region' | 'registry' | 'delivery' | 'kubernetes'>
  network: Network
  alarms: Alarms
}

/**
 * From a commit to what runs. A push to the branch fills the registry with the images that `images.ts` names, previews
 * the change with the policy packs, and hands the plan on; once it is approved, exactly that plan is carried out. Every
 * night the declaration is compared with what runs.
 */
export class Delivery extends Component {
  /** OCID of the pipeline that compares; started from inside the cluster, since the service has no clock of its own. */
  readonly comparison: pulumi.Output<string>
  readonly #project: devops.Project
  readonly #connection: pulumi.Output<string>
  readonly #args: DeliveryArgs

  constructor(name: string, args: DeliveryArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Delivery', name, options)
    this.#args = args
    const { settings, alarms } = args
    const child = { parent: this }
    const common = { compartmentId: settings.compartment, freeformTags: this.tags }

    this.#registry()
    this.#project = new devops.Project(
      this.named('project'),
      {
        ...common,
        name: this.named(`project-${pulumi.getStack()}`),
        description: 'From a commit to what runs',
        notificationConfig: { topicId: alarms.topicId },
      },
      child,
    )

    this.#log()
    const { host, repository, branch, token } = settings.delivery
    // A git server of one's own: the connection has to say where it is, and it calls the trigger by a webhook instead.
    const ownServer = host.endsWith('_SERVER')
    this.#connection = new devops.Connection(
      this.named('repository'),
      {
        projectId: this.#project.id,
        freeformTags: this.tags,
        displayName: this.named('repository'),
        connectionType: `${host}_ACCESS_TOKEN`,
        accessToken: token,
        ...(ownServer ? { baseUrl: new URL(repository).origin } : {}),
      },
      child,
    ).id

    // What a build hands to the deployment that follows it: the checkout, and the plan that was previewed.
    const handover = new artifacts.Repository(
      this.named('handover'),
      { ...common, displayName: this.named('handover'), repositoryType: 'GENERIC', isImmutable: false },
      child,
    )
    const change = new devops.DeployArtifact(
      this.named('change'),
      {
        projectId: this.#project.id,
        freeformTags: this.tags,
        displayName: this.named('change'),
        argumentSubstitutionMode: 'SUBSTITUTE_PLACEHOLDERS',
        deployArtifactType: 'GENERIC_FILE',
        deployArtifactSource: {
          deployArtifactSourceType: 'GENERIC_ARTIFACT',
          repositoryId: handover.id,
          deployArtifactPath: 'change.tar.gz',
          deployArtifactVersion: BUILD_RUN,
        },
      },
      child,
    )

    const deployment = this.#deployment(handover.id)
    const build = this.#buildPipeline('build')
    const filled = this.#managedBuild(build, 'images', 3 * HOUR, build.id)
    const previewed = this.#managedBuild(build, 'preview', HOUR, filled.id)
    const delivered = new devops.BuildPipelineStage(
      this.named('build-hand-over'),
      {
        ...this.#buildStage(build, 'build-hand-over', previewed.id),
        buildPipelineStageType: 'DELIVER_ARTIFACT',
        deliverArtifactCollection: { items: [{ artifactId: change.id, artifactName: 'change' }] },
      },
      child,
    )
    new devops.BuildPipelineStage(
      this.named('build-deploy'),
      {
        ...this.#buildStage(build, 'build-deploy', delivered.id),
        buildPipelineStageType: 'TRIGGER_DEPLOYMENT_PIPELINE',
        deployPipelineId: deployment.id,
        isPassAllParametersEnabled: true,
      },
      child,
    )
    new devops.Trigger(
      this.named('push'),
      {
        projectId: this.#project.id,
        freeformTags: this.tags,
        displayName: this.named('push'),
        triggerSource: host,
        ...(ownServer ? {} : { connectionId: this.#connection }),
        actions: [
          {
            type: 'TRIGGER_BUILD_PIPELINE',
            buildPipelineId: build.id,
            filter: {
              triggerSource: host,
              events: ['PUSH'],
              include: { headRef: branch },
            },
          },
        ],
      },
      child,
    )

    const comparison = this.#buildPipeline('comparison')
    this.#managedBuild(comparison, 'compare', HOUR, comparison.id)
    this.comparison = comparison.id
    this.registerOutputs({ comparison: this.comparison })
  }

  /** What the pipelines write. The service runs none of a project that has no log. */
  #log() {
    const { compartment } = this.#args.settings
    const child = { parent: this }
    const group = new logging.LogGroup(
      this.named('logs'),
      {
        compartmentId: compartment,
        freeformTags: this.tags,
        displayName: this.named('logs'),
        description: 'What the pipelines write',
      },
      child,
    )
    new logging.Log(
      this.named('log'),
      {
        displayName: this.named('log'),
        freeformTags: this.tags,
        logGroupId: group.id,
        logType: 'SERVICE',
        isEnabled: true,
        retentionDuration: LOG_DAYS,
        configuration: {
          compartmentId: compartment,
          source: { sourceType: 'OCISERVICE', service: 'devops', category: 'all', resource: this.#project.id },
        },
      },
      child,
    )
  }

  /** A repository for each image, and a scan of what is pushed to them. */
  #registry() {
    const { compartment, registry } = this.#args.settings
    const child = { parent: this }
    const common = { compartmentId: compartment, freeformTags: this.tags }
    // The first part of the path is the tenancy's namespace, which Oracle adds itself.
    const path = registry.split('/').slice(2).join('/')
    const repositories = Object.entries(images).map(
      ([image, { repository }]) =>
        new artifacts.ContainerRepository(
          this.named(`image-${image.toLowerCase()}`),
          // A version that was pushed stays what it is.
          { ...common, displayName: `${path}/${repository}`, isPublic: false, isImmutable: true },
          child,
        ),
    )
    const recipe = new vulnerabilityscanning.ContainerScanRecipe(
      this.named('scan'),
      { ...common, displayName: this.named('scan'), scanSettings: { scanLevel: 'STANDARD' } },
      child,
    )
    new vulnerabilityscanning.ContainerScanTarget(
      this.named('scanned'),
      {
        ...common,
        displayName: this.named('scanned'),
        containerScanRecipeId: recipe.id,
        targetRegistry: {
          compartmentId: compartment,
          type: 'OCIR',
          repositories: repositories.map(({ displayName }) => displayName),
        },
      },
      child,
    )
  }

  /** What scripts of `delivery/` find in their environment. */
  #parameters() {
    const { settings, alarms } = this.#args
    const { delivery, registry, region, kubernetes } = settings
    const values: Record<string, pulumi.Input<string>> = {
      STACK: pulumi.getStack(),
      COMPARTMENT: settings.compartment,
      REGISTRY: registry,
      REGION: region,
      SIGNING_KEY: kubernetes.signedImages[0] ?? 'none',
      STATE: delivery.state,
      CREDENTIALS: delivery.credentials,
      TOPIC: alarms.topicId,
    }
    return { items: Object.entries(values).map(([name, defaultValue]) => ({ name, defaultValue })) }
  }

  #buildPipeline(suffix: string) {
    return new devops.BuildPipeline(
      this.named(suffix),
      {
        projectId: this.#project.id,
        freeformTags: this.tags,
        displayName: this.named(suffix),
        buildPipelineParameters: this.#parameters(),
      },
      { parent: this },
    )
  }

  #buildStage(pipeline: devops.BuildPipeline, suffix: string, after: pulumi.Input<string>) {
    return {
      buildPipelineId: pipeline.id,
      freeformTags: this.tags,
      displayName: this.named(suffix),
      buildPipelineStagePredecessorCollection: { items: [{ id: after }] },
    }
  }

  /** Runs `delivery/<step>.yaml` of the repository on a runner that reaches the cluster's private endpoint. */
  #managedBuild(pipeline: devops.BuildPipeline, step: string, seconds: number, after: pulumi.Input<string>) {
    const { settings, network } = this.#args
    const { host, repository, branch } = settings.delivery
    return new devops.BuildPipelineStage(
      this.named(`build-${step}`),
      {
        ...this.#buildStage(pipeline, `build-${step}`, after),
        buildPipelineStageType: 'BUILD',
        image: BUILD_IMAGE,
        buildSpecFile: `delivery/${step}.yaml`,
        stageExecutionTimeoutInSeconds: seconds,
        primaryBuildSource: 'kura',
        buildSourceCollection: {
          items: [
            { name: 'kura', connectionType: host, connectionId: this.#connection, repositoryUrl: repository, branch },
          ],
        },
        buildRunnerShapeConfig: { buildRunnerType: 'CUSTOM', ocpus: 4, memoryInGbs: 16 },
        privateAccessConfig: {
          networkChannelType: 'PRIVATE_ENDPOINT_CHANNEL',
          subnetId: network.subnetIds.delivery,
          nsgIds: [network.groupIds.delivery],
        },
      },
      { parent: this },
    )
  }

  /** Waits for as many approvals as are asked for, and carries out the plan that was handed over. */
  #deployment(handover: pulumi.Output<string>) {
    const { settings, network } = this.#args
    const { compartment, delivery } = settings
    const child = { parent: this }
    const pipeline = new devops.DeployPipeline(
      this.named('deployment'),
      {
        projectId: this.#project.id,
        freeformTags: this.tags,
        displayName: this.named('deployment'),
        deployPipelineParameters: this.#parameters(),
      },
      child,
    )
    const stage = (suffix: string, after: pulumi.Input<string>) => ({
      deployPipelineId: pipeline.id,
      freeformTags: this.tags,
      displayName: this.named(suffix),
      deployStagePredecessorCollection: { items: [{ id: after }] },
    })
    const approved =
      delivery.approval === 0
        ? pipeline.id
        : new devops.DeployStage(
            this.named('approval'),
            {
              ...stage('approval', pipeline.id),
              deployStageType: 'MANUAL_APPROVAL',
              approvalPolicy: {
                approvalPolicyType: 'COUNT_BASED_APPROVAL',
                numberOfApprovalsRequired: delivery.approval,
              },
            },
            child,
          ).id
    const commands = new devops.DeployArtifact(
      this.named('commands'),
      {
        projectId: this.#project.id,
        freeformTags: this.tags,
        displayName: this.named('commands'),
        argumentSubstitutionMode: 'SUBSTITUTE_PLACEHOLDERS',
        deployArtifactType: 'COMMAND_SPEC',
        deployArtifactSource: {
          deployArtifactSourceType: 'INLINE',
          base64encodedContent: handover.apply((id) => Buffer.from(deploymentCommands(id)).toString('base64')),
        },
      },
      child,
    )
    new devops.DeployStage(
      this.named('up'),
      {
        ...stage('up', approved),
        deployStageType: 'SHELL',
        commandSpecDeployArtifactId: commands.id,
        timeoutInSeconds: 4 * HOUR,
        containerConfig: {
          containerConfigType: 'CONTAINER_INSTANCE_CONFIG',
          compartmentId: compartment,
          shapeName: 'CI.Standard.E4.Flex',
          shapeConfig: { ocpus: 2, memoryInGbs: 16 },
          networkChannel: {
            networkChannelType: 'SERVICE_VNIC_CHANNEL',
            subnetId: network.subnetIds.delivery,
            nsgIds: [network.groupIds.delivery],
          },
        },
      },
      child,
    )
    return pipeline
  }
}

/** What the deployment runs: it fetches what the build handed over, and carries the plan out. */
function deploymentCommands(repository: string): string {
  return stringify({
    version: 0.1,
    component: 'command',
    timeoutInSeconds: 4 * HOUR,
    shell: 'bash',
    failImmediatelyOnError: true,
    steps: [
      {
        type: 'Command',
        name: 'Carry out the plan',
        command: `oci artifacts generic artifact download-by-path --repository-id ${repository} --artifact-path change.tar.gz --artifact-version '${BUILD_RUN}' --file change.tar.gz
tar --extract --gzip --file change.tar.gz
STACK='\${STACK}' STATE='\${STATE}' CREDENTIALS='\${CREDENTIALS}' REGION='\${REGION}' delivery/up.sh
`,
      },
    ],
  })
}
