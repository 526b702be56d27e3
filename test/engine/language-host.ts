import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import {
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
} from '@grpc/grpc-js'
import languageGrpc from '@pulumi/pulumi/proto/language_grpc_pb.js'
import language from '@pulumi/pulumi/proto/language_pb.js'
import plugin from '@pulumi/pulumi/proto/plugin_pb.js'
import empty from 'google-protobuf/google/protobuf/empty_pb.js'

/*
 * What the engine starts for the language of a program, in place of Pulumi's own host for Node.js, which cannot be had
 * here: runs programs and policy packs by the runners of `@pulumi/pulumi`, on the Node.js that runs this.
 */

/** By which a runner says that it has told the user already what was wrong. */
const TOLD = 32

const engine = process.argv.slice(2).find((argument) => !argument.startsWith('-')) ?? ''
const runner = (name: string) => createRequire(import.meta.url).resolve(`@pulumi/pulumi/cmd/${name}`)

/** Node.js runs TypeScript by itself. */
const NATIVE = { PULUMI_NODEJS_TYPESCRIPT: 'false' }

const children = new Set<ChildProcess>()

function start(args: string[], options: SpawnOptions): ChildProcess {
  const child = spawn(process.execPath, args, options)
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

function end(): void {
  for (const child of children) child.kill()
}

function run(
  call: ServerUnaryCall<language.RunRequest, language.RunResponse>,
  reply: sendUnaryData<language.RunResponse>,
) {
  const { request } = call
  const child = start(
    [
      runner('run'),
      ...['--monitor', request.getMonitorAddress(), '--engine', engine],
      ...['--project', request.getProject(), '--stack', request.getStack()],
      ...['--organization', request.getOrganization(), '--parallel', String(request.getParallel())],
      ...['--root-directory', request.getInfo()?.getRootDirectory() ?? '', '--pwd', request.getPwd()],
      ...(request.getDryrun() ? ['--dry-run'] : []),
      request.getInfo()?.getEntryPoint() ?? '',
    ],
    {
      cwd: request.getPwd(),
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        ...NATIVE,
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      },
    },
  )
  call.once('cancelled', () => child.kill())
  child.once('exit', (code, signal) => {
    const response = new language.RunResponse()
    if (code === TOLD) response.setBail(true)
    else if (code !== 0) response.setError(`the program ended with ${signal ?? code}`)
    reply(null, response)
  })
}

/** Policy packs: their first argument is the engine's address. */
function runPlugin(call: ServerWritableStream<language.RunPluginRequest, language.RunPluginResponse>) {
  const { request } = call
  if (request.getKind() !== 'analyzer') {
    call.destroy(new Error(`no ${request.getKind()} is run here`))
    return
  }
  const folder = request.getInfo()?.getProgramDirectory() ?? ''
  const child = start([runner('run-policy-pack'), ...request.getArgsList(), folder], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...Object.fromEntries(request.getEnvList().map((pair) => pair.split(/=(.*)/s))), ...NATIVE },
  })
  call.once('cancelled', () => child.kill())
  const say = (fill: (response: language.RunPluginResponse) => void) => {
    const response = new language.RunPluginResponse()
    fill(response)
    call.write(response)
  }
  child.stdout?.on('data', (bytes: Buffer) => say((response) => response.setStdout(bytes)))
  child.stderr?.on('data', (bytes: Buffer) => say((response) => response.setStderr(bytes)))
  child.once('close', (code) => {
    say((response) => response.setExitcode(code ?? 1))
    call.end()
  })
}

const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 })
const empties = <Response>(response: new () => Response) => {
  return (_call: unknown, reply: sendUnaryData<Response>) => reply(null, new response())
}
// A method that is not here answers UNIMPLEMENTED.
server.addService(languageGrpc.LanguageRuntimeService, {
  handshake: empties(language.LanguageHandshakeResponse),
  getPluginInfo: empties(plugin.PluginInfo),
  // Providers are there; their versions come with each resource.
  getRequiredPackages: empties(language.GetRequiredPackagesResponse),
  run,
  runPlugin,
  cancel: (_call: unknown, reply: sendUnaryData<empty.Empty>) => {
    end()
    reply(null, new empty.Empty())
  },
} as never)
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error
  process.stdout.write(`${port}\n`)
})

// The engine ends what it has started when it ends, unless it was killed.
const parent = process.ppid
setInterval(() => {
  if (process.ppid === parent) return
  end()
  process.exit()
}, 100)
