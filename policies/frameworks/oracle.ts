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
  },
})
