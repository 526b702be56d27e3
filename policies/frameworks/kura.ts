import { framework } from './framework.ts'

/** What the platform of Kura promises itself: docs/decisions-platform.md and the pairs that belong together. */
export const kura = framework({
  name: 'Kura',
  version: '1',
  source: 'decisions-platform.md',
  note: 'What this platform promises itself; the ids are ours.',
  controls: {
    'Kura circuits': {
      asks: 'Production has two circuits to SINET of different services, a lost one is noticed at once, and nothing waits for one.',
      askedBy: ['oci/gateway-has-two-links', 'oci/circuit-notices-failure'],
    },
    'Kura backup-ends': { asks: 'Every backup goes where it ends some day, and not before its time.' },
    'Kura backup-alarm': { asks: 'A backup that did not run, or cannot be read, wakes somebody.' },
    'Kura tenant-cell': {
      asks: 'Every institution is served by one cell, which has its configuration and its password.',
    },
    'Kura tenant-backup': { asks: 'Every institution is dumped each night.' },
    'Kura tenant-route': { asks: 'Every host of an institution leads to its cell, and belongs to no other.' },
    'Kura cell-quota': { asks: 'Every cell has a quota that its pods fit while they roll.' },
    'Kura image-pinned': {
      asks: 'Every image is mirrored in our registry and named by an exact version.',
      askedBy: ['kubernetes/image-tag-exact', 'kubernetes/operated-image-exact', 'kubernetes/chart-image-exact'],
    },
    'Kura workload-pool': { asks: 'All pods name the node pool that they are for.' },
    'Kura pool-capacity': { asks: 'Everything finds a place, also with a node gone and while everything rolls.' },
    'Kura alarm-emitter': {
      asks: 'Every alarm looks at a metric that something declared emits, and every emitter of note has an alarm.',
    },
    'Kura alarm-topic': {
      asks: 'Every alarm and every rule for events is switched on, tells a topic, and says what to do.',
      askedBy: ['oci/watch-enabled'],
    },
    'Kura topic-subscription': { asks: 'Every topic has somebody who is told.', askedBy: ['oci/topic-subscribed'] },
    'Kura cost-budget': { asks: 'A month costs less than the budget, which is near enough to warn somebody.' },
    'Kura route-service': {
      asks: 'Every route leads from a listener that takes it to a port of a declared Service.',
      askedBy: ['kubernetes/route-backend-exists', 'kubernetes/route-backend-granted'],
    },
    'Kura flow-logs': { asks: 'Every subnet has a flow log.', askedBy: ['oci/subnet-flow-log'] },
    'Kura write-logs': { asks: 'Every bucket has a log of what is written.', askedBy: ['oci/bucket-logs-writes'] },
    'Kura waf': {
      asks: 'Every public load balancer that speaks HTTP stands behind a web application firewall.',
      askedBy: ['oci/load-balancer-behind-waf', 'oci/ingress-class-behind-waf'],
    },
    'Kura pdb-workload': {
      asks: 'Every replicated workload has a disruption budget that allows a disruption.',
      askedBy: ['kubernetes/workload-with-disruption-budget', 'kubernetes/disruption-budget-allows-one'],
    },
    'Kura policy-namespace': {
      asks: 'Every namespace denies all traffic that is not allowed by name.',
      askedBy: ['kubernetes/namespace-denies-by-default'],
    },
    'Kura service-pods': {
      asks: 'Every Service selects pods that are declared.',
      askedBy: ['kubernetes/service-selects-pods'],
    },
    'Kura protected': {
      asks: 'What holds data, and what data cannot be read without, is protected from deletion.',
      askedBy: ['oci/key-protected'],
    },
    'Kura tags': { asks: 'Everything says its project, environment and component.' },
    'Kura names': { asks: 'Names tell where a resource stands, and are given once.' },
    'Kura secrets-rotated': {
      asks: 'Every secret that is generated has somebody, or something, that rotates it.',
      askedBy: ['kubernetes/certificate-key-renewed', 'kubernetes/certificate-renewed-in-time'],
    },
    'Kura host-certificate': {
      asks: 'Every public host is named by the certificate of its load balancer, which is renewed and imported.',
    },
    'Kura host-name': {
      asks: 'Every host of our zone has a record there, which leads to the load balancer with its certificate.',
    },
    'Kura path-maker': { asks: 'Every folder of file storage that pods write to is made by the job for folders.' },
    'Kura versions-or-retention': {
      asks: 'A bucket is versioned, or retained, or expired by its tools: never two of these.',
      askedBy: ['oci/bucket-keeps-old-objects'],
    },
    'Kura exact-versions': {
      asks: 'Charts, definitions and Kubernetes have exact versions.',
      askedBy: ['kubernetes/chart-version-exact'],
    },
    'Kura redirect': { asks: 'Plain HTTP is sent on to HTTPS.' },
    'Kura reserved-address': { asks: 'Addresses are reserved for us and outlive what answers there.' },
    'Kura backups': {
      asks: 'Everything that is the truth is copied in each way that restoring it needs, also to another place.',
    },
    'Kura private-objects': {
      asks: 'Objects are handed out by the application alone.',
      askedBy: ['oci/bucket-not-shared-by-link'],
    },
    'Kura buckets-cleared': {
      asks: 'What is left over in a bucket, such as broken uploads and old versions, ends, and no sooner than the dumps that name it.',
      askedBy: ['oci/bucket-ends-uploads'],
    },
    'Kura contents-at-hand': { asks: 'Files of institutions can be read at any time.' },
    'Kura file-storage': {
      asks: 'File storage is mounted by nodes alone, and root is nobody there.',
      askedBy: ['oci/export-squashes-root'],
    },
    'Kura logs-archived': {
      asks: 'Logs are collected, archived, and kept for as long as is promised.',
      askedBy: ['oci/load-balancer-logged', 'oci/firewall-logged'],
    },
    'Kura watched-outside': { asks: 'Every public load balancer is asked from outside.' },
    'Kura cell-isolation': {
      asks: 'A cell reaches, and is reached by, what is named alone, and holds nothing of another.',
    },
    'Kura connections': { asks: 'PostgreSQL and pgpool-II take all connections that pods may open.' },
    'Kura priority': { asks: 'When nodes are short, jobs go first, then cells, then what all share, databases last.' },
    'Kura cell-complete': {
      asks: 'Every cell has web processes and workers of one release, which end in time and outlive a node.',
    },
    'Kura oracle-limits': { asks: 'Nothing is needed beyond limits that Oracle does not raise.' },
    'Kura spread': {
      asks: 'Pods of one kind are spread over fault domains and hosts.',
      askedBy: [
        'kubernetes/pods-spread-over-hosts',
        'kubernetes/pods-spread-over-zones',
        'kubernetes/operated-spread-over-hosts',
      ],
    },
  },
})
