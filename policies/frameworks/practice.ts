import { framework } from './framework.ts'

/** What is good practice, and no framework here asks. */
export const practice = framework({
  name: 'Good practice',
  version: '1',
  source: 'https://kubernetes.io/docs/setup/best-practices/',
  note: 'What no framework above asks; the ids are ours, and the link leads to more advice of that kind.',
  controls: {
    'Practice certificates': {
      asks: 'Certificates have strong keys, are renewed in time, with a new key, by an authority that is verified.',
    },
    'Practice encrypted-connections': { asks: 'What data services are told, and answer, is encrypted on its way.' },
    'Practice bounded-users': { asks: 'Users of a database have the rights that they need, and no more.' },
    'Practice jobs-end': { asks: 'A job ends some day, also when it hangs, and does not run beside itself.' },
    'Practice exact-versions': { asks: 'What is installed has one version, today and tomorrow.' },
    'Practice quorum': { asks: 'What decides by majority has an odd number of members.' },
    'Practice external-addresses': { asks: 'No Service takes addresses that it does not own (CVE-2020-8554).' },
  },
})
