import type { IBackendTrafficPolicySpec } from '@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/BackendTrafficPolicySpec'
import type { IClientTrafficPolicySpec } from '@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/ClientTrafficPolicySpec'
import type { IEnvoyProxySpec } from '@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/EnvoyProxySpec'
import { leavesLost, POOL, spread } from '../cluster/placement.ts'
import { resources, scraped } from '../pods.ts'
import type { Settings } from '../settings.ts'

/** Listeners of the gateway. TLS has ended at the load balancer, which sends what came over it to the first. */
export const LISTENERS = {
  /** What readers ask for. */
  web: { name: 'web', port: 10_080 },
  /** What came without TLS, which is sent on to HTTPS. */
  redirect: { name: 'redirect', port: 10_081 },
}

/** Where each listener says whether it takes requests; the firewall hides it from outside. */
export const HEALTH_PATH = '/healthz'

/** Labels of Envoy's pods, as Envoy Gateway gives them. */
export const ENVOY = { 'app.kubernetes.io/name': 'envoy', 'app.kubernetes.io/managed-by': 'envoy-gateway' }

export const METRICS_PORT = 19_001

/** Longest that a request may take: 200 GiB at 10 MiB a second are below six hours. */
const LONGEST = '6h'

/** Seconds in which a load balancer notices that an Envoy takes nothing more, and those in which downloads may end. */
const DRAIN = { least: '20s', most: '300s' }

/** Envoy's pods, and what they write down. */
export function proxy(image: string, { replicas, ...size }: Settings['edge']['gateway']): IEnvoyProxySpec {
  return {
    provider: {
      type: 'Kubernetes',
      kubernetes: {
        envoyDeployment: {
          replicas,
          container: { image, resources: resources(size) },
          pod: {
            annotations: scraped(METRICS_PORT, '/stats/prometheus'),
            nodeSelector: { [POOL]: 'web' },
            // Without it nobody is served.
            priorityClassName: 'system-cluster-critical',
            tolerations: leavesLost(),
            topologySpreadConstraints: spread(ENVOY),
          },
        },
        envoyPDB: { maxUnavailable: 1 },
        envoyService: { type: 'ClusterIP' },
      },
    },
    // A thread for each vCPU: Envoy would start one for each of the node's.
    concurrency: Math.max(1, Math.ceil(size.vcpu)),
    shutdown: { minDrainDuration: DRAIN.least, drainTimeout: DRAIN.most },
    telemetry: {
      accessLog: {
        settings: [
          {
            sinks: [{ type: 'File', file: { path: '/dev/stdout' } }],
            format: { type: 'JSON', json: ACCESS },
          },
        ],
      },
    },
  }
}

/** A line of the access log. What readers search for stands in the query, so that is left out. */
const ACCESS = {
  time: '%START_TIME%',
  host: '%REQ(:AUTHORITY)%',
  method: '%REQ(:METHOD)%',
  path: '%REQ_WITHOUT_QUERY(X-ENVOY-ORIGINAL-PATH?:PATH)%',
  status: '%RESPONSE_CODE%',
  flags: '%RESPONSE_FLAGS%',
  milliseconds: '%DURATION%',
  received: '%BYTES_RECEIVED%',
  sent: '%BYTES_SENT%',
  client: '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%',
  agent: '%REQ(USER-AGENT)%',
  backend: '%UPSTREAM_CLUSTER%',
  // The application gives a request its id and logs it.
  request: '%RESP(X-REQUEST-ID)%',
}

/** How Envoy takes requests from the load balancers. */
export function fromLoadBalancers(gateway: string): IClientTrafficPolicySpec {
  return {
    targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gateway }],
    // The load balancer adds the reader's address as the last; what stands before it, anyone may have written.
    clientIPDetection: { xForwardedFor: { numTrustedHops: 1 } },
    healthCheck: { path: HEALTH_PATH },
    // A file's name may hold a slash, which its address escapes.
    path: { escapedSlashesAction: 'KeepUnchanged' },
    headers: { withUnderscoresAction: 'RejectRequest' },
    timeout: {
      // Longer than the 300 s for which a load balancer keeps its connections, so that Envoy closes none in use.
      http: { idleTimeout: '310s', streamIdleTimeout: '300s', requestReceivedTimeout: LONGEST },
    },
    connection: { bufferLimit: '64Ki' },
    http2: { maxConcurrentStreams: 100, initialStreamWindowSize: '64Ki', initialConnectionWindowSize: '1Mi' },
  }
}

/** How Envoy hands them to the cells: as they come, and a second time only if no cell has seen the first. */
export function toCells(gateway: string): IBackendTrafficPolicySpec {
  return {
    targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gateway }],
    loadBalancer: { type: 'LeastRequest' },
    timeout: {
      tcp: { connectTimeout: '3s' },
      http: { requestTimeout: LONGEST, connectionIdleTimeout: '60s' },
    },
    retry: { numRetries: 2, retryOn: { triggers: ['connect-failure'] } },
    // For each cell, so that one that hangs does not use up what the others need.
    circuitBreaker: {
      maxConnections: 1024,
      maxPendingRequests: 256,
      maxParallelRequests: 2048,
      maxParallelRetries: 16,
    },
  }
}
