import { framework } from './framework.ts'

/**
 * Best practices of Oracle: those that its CIS compliance script checks beside the benchmark, and those that its
 * documentation recommends for the services that are used here. The ids are ours; Oracle has none.
 */
export const oracle = framework({
  name: 'Oracle best practices',
  version: '2025',
  source: 'https://github.com/oci-landing-zones/oci-cis-landingzone-quickstart',
  note: 'The ids are ours; Oracle has none.',
  controls: {
    'OBP circuits': { asks: 'Connections to other networks are redundant.' },
    'OBP budget': { asks: 'There is a budget that warns.' },
    'OBP quota': { asks: 'There is a quota.' },
    'OBP certificates': { asks: 'Certificates are renewed before they end.' },
    'OBP cloud-guard': { asks: 'Cloud Guard has recipes for what to look for and what to do.' },
    'OBP audit': { asks: 'The audit log of all compartments is archived.' },
    'OBP flow-logs': { asks: 'Flow logs are archived.' },
    'OBP write-logs': { asks: 'Logs of buckets are archived.' },
    'OBP access-logs': { asks: 'Load balancers and firewalls log requests.' },
    'OBP alarms': { asks: 'What watches is switched on, and tells somebody.' },
    'OBP least-privilege': { asks: 'Policies name who may do what, and nobody in general.' },
    'OBP uploads': { asks: 'Unfinished uploads are deleted.' },
    'OBP clients': { asks: 'File systems are exported to known clients.' },
    'OBP hardware-keys': { asks: 'Keys lie in hardware modules.' },
    'OBP keys-kept': { asks: 'Keys are not deleted by mistake.' },
    'OBP endpoint': { asks: "A cluster's endpoint is private." },
    'OBP cluster': { asks: 'A cluster is an enhanced one, with secrets encrypted by a key of your own.' },
    'OBP network': {
      asks: 'Subnets private unless meant otherwise, security groups that let in what is needed, TLS and a WAF at the door.',
    },
    'OBP compute': { asks: 'Instances without public addresses, and what they report is watched.' },
  },
})
