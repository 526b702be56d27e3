import { framework } from './framework.ts'

/** Best practices of Oracle, as its CIS compliance script checks them. */
export const oracle = framework({
  name: 'Oracle best practices',
  version: '2025',
  source: 'https://github.com/oci-landing-zones/oci-cis-landingzone-quickstart',
  controls: {
    'OBP circuits': { asks: '' },
    'OBP budget': { asks: '' },
    'OBP quota': { asks: '' },
    'OBP certificates': { asks: '' },
    'OBP endpoint': { asks: '' },
    'OBP cluster': { asks: '' },
    'OBP network': {
      asks: 'Subnets private unless meant otherwise, security groups that let in what is needed, TLS and a WAF at the door.',
    },
    'OBP compute': { asks: 'Instances without public addresses, and what they report is watched.' },
  },
})
