import { framework } from './framework.ts'

/** What the platform of Kura promises itself: docs/decisions-platform.md and the pairs that belong together. */
export const kura = framework({
  name: 'Kura',
  version: '1',
  source: 'decisions-platform.md',
  controls: {
    'Kura circuits': {
      asks: 'Production has two circuits to SINET of different services, a lost one is noticed at once, and nothing waits for one.',
    },
    'Kura backup-ends': { asks: 'Every backup goes where it ends some day, and not before its time.' },
    'Kura backup-alarm': { asks: 'A backup that did not run, or cannot be read, wakes somebody.' },
    'Kura tenant-cell': { asks: '' },
    'Kura tenant-backup': { asks: '' },
    'Kura tenant-route': { asks: '' },
    'Kura cell-quota': { asks: '' },
    'Kura image-pinned': { asks: '' },
    'Kura workload-pool': { asks: '' },
    'Kura pool-capacity': { asks: '' },
    'Kura alarm-emitter': {
      asks: 'Every alarm looks at a metric that something declared emits, and every emitter of note has an alarm.',
    },
    'Kura alarm-topic': {
      asks: 'Every alarm and every rule for events is switched on, tells a topic, and says what to do.',
    },
    'Kura topic-subscription': { asks: 'Every topic has somebody who is told.' },
    'Kura cost-budget': { asks: '' },
    'Kura route-service': { asks: 'Every route leads from a listener that takes it to a port of a declared Service.' },
    'Kura flow-logs': { asks: 'Every subnet has a flow log.' },
    'Kura write-logs': { asks: 'Every bucket has a log of what is written.' },
    'Kura waf': { asks: 'Every public load balancer that speaks HTTP stands behind a web application firewall.' },
    'Kura pdb-workload': { asks: 'Every replicated workload has a disruption budget that allows a disruption.' },
    'Kura policy-namespace': { asks: 'Every namespace denies all traffic that is not allowed by name.' },
    'Kura service-pods': { asks: 'Every Service selects pods that are declared.' },
    'Kura protected': { asks: 'What holds data, and what data cannot be read without, is protected from deletion.' },
    'Kura tags': { asks: '' },
    'Kura names': { asks: '' },
    'Kura secrets-rotated': { asks: 'Every secret that is generated has somebody, or something, that rotates it.' },
    'Kura host-certificate': {
      asks: 'Every public host is named by the certificate of its load balancer, which is renewed and imported.',
    },
    'Kura host-name': {
      asks: 'Every host of our zone has a record there, which leads to the load balancer with its certificate.',
    },
    'Kura path-maker': { asks: 'Every folder of file storage that pods write to is made by the job for folders.' },
    'Kura versions-or-retention': {
      asks: 'A bucket is versioned, or retained, or expired by its tools: never two of these.',
    },
    'Kura exact-versions': { asks: '' },
    'Kura redirect': { asks: 'Plain HTTP is sent on to HTTPS.' },
    'Kura reserved-address': { asks: 'Addresses are reserved for us and outlive what answers there.' },
    'Kura backups': {
      asks: 'Everything that is the truth is copied in each way that restoring it needs, also to another place.',
    },
    'Kura private-objects': { asks: 'Objects are handed out by the application alone.' },
    'Kura buckets-cleared': {
      asks: 'What is left over in a bucket, such as broken uploads and old versions, ends, and no sooner than the dumps that name it.',
    },
    'Kura contents-at-hand': { asks: 'Files of institutions can be read at any time.' },
    'Kura file-storage': { asks: 'File storage is mounted by nodes alone, and root is nobody there.' },
    'Kura logs-archived': { asks: 'Logs are collected, archived, and kept for as long as is promised.' },
    'Kura watched-outside': { asks: 'Every public load balancer is asked from outside.' },
    'Kura cell-isolation': { asks: '' },
    'Kura connections': { asks: '' },
    'Kura priority': { asks: '' },
  },
})
