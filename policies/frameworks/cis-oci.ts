import { framework } from './framework.ts'

const CREDENTIAL_AGE =
  'a number in a name shows that a credential can be exchanged, and a day when it was made; how old it is without one is known in the running tenancy alone.'

/** CIS Oracle Cloud Infrastructure Foundations Benchmark: 54 recommendations. */
export const cisOci = framework({
  name: 'CIS OCI Foundations',
  version: '3.0.0',
  source: 'https://www.cisecurity.org/benchmark/oracle_cloud',
  controls: {
    'CIS 1.1': { asks: 'Administrators are of one service each.' },
    'CIS 1.2': { asks: 'Administrators of the tenancy alone have rights over everything.' },
    'CIS 1.3': { asks: 'Who manages users and groups cannot change the group of administrators.' },
    'CIS 1.4': { asks: 'Passwords have 14 characters or more.' },
    'CIS 1.5': { asks: 'Passwords end within a year.' },
    'CIS 1.6': { asks: 'Former passwords are refused.' },
    'CIS 1.7': {
      asks: 'Who has a console password needs a second factor.',
      differs:
        'users of the tenancy get no password at all, and those of identity domains are left out: there the sign-on policy of the domain asks for a second factor, and no declaration ties it to a user.',
    },
    'CIS 1.8': {
      asks: 'API keys are at most 90 days old.',
      differs: 'a declaration does not show how old a key is: its rule advises against every key.',
    },
    'CIS 1.9': {
      asks: 'Customer secret keys are at most 90 days old.',
      differs: CREDENTIAL_AGE,
    },
    'CIS 1.10': { asks: 'Auth tokens are at most 90 days old.', differs: CREDENTIAL_AGE },
    'CIS 1.11': { asks: 'Database passwords of users are at most 90 days old.', differs: CREDENTIAL_AGE },
    'CIS 1.12': {
      asks: 'Administrators of the tenancy have no API keys.',
      differs: 'who is an administrator is seen where the key, the user and the membership are declared together.',
    },
    'CIS 1.13': { asks: 'Every user has a valid mail address.' },
    'CIS 1.14': { asks: 'Instances, databases and functions act under an identity of their own.' },
    'CIS 1.15': { asks: 'Administrators of storage cannot delete what they manage.' },
    'CIS 1.16': {
      asks: 'Credentials that nobody has used for 45 days are switched off.',
      unchecked:
        'Who has used what is known in the running tenancy alone: look at the report of credentials there, or let Cloud Guard watch it. What is never used need not be allowed: see user-capabilities-used.',
    },
    'CIS 1.17': { asks: 'A user has one active API key.' },
    'CIS 2.1': { asks: 'No security list lets the whole internet to port 22.' },
    'CIS 2.2': { asks: 'No security list lets the whole internet to port 3389.' },
    'CIS 2.3': { asks: 'No security group lets the whole internet to port 22.' },
    'CIS 2.4': { asks: 'No security group lets the whole internet to port 3389.' },
    'CIS 2.5': { asks: 'The default security list lets nothing in but ICMP.' },
    'CIS 2.6': { asks: 'Integration Cloud takes requests from known sources alone.' },
    'CIS 2.7': { asks: 'Analytics Cloud takes requests from known sources, or lies in a network.' },
    'CIS 2.8': { asks: 'Autonomous Database takes connections from known sources, or lies in a network.' },
    'CIS 3.1': { asks: "Instances do not offer the metadata service's old version." },
    'CIS 3.2': { asks: 'Instances boot securely.' },
    'CIS 3.3': { asks: 'Data between an instance and its volumes is encrypted.' },
    'CIS 4.1': { asks: 'Resources get default tags.' },
    'CIS 4.2': { asks: 'There is a topic, and somebody has subscribed to it.' },
    'CIS 4.3': { asks: 'Somebody is told of changes of identity providers.' },
    'CIS 4.4': { asks: 'Somebody is told of changes of mappings to groups.' },
    'CIS 4.5': { asks: 'Somebody is told of changes of groups.' },
    'CIS 4.6': { asks: 'Somebody is told of changes of policies.' },
    'CIS 4.7': { asks: 'Somebody is told of changes of users.' },
    'CIS 4.8': { asks: 'Somebody is told of changes of networks.' },
    'CIS 4.9': { asks: 'Somebody is told of changes of route tables.' },
    'CIS 4.10': { asks: 'Somebody is told of changes of security lists.' },
    'CIS 4.11': { asks: 'Somebody is told of changes of security groups.' },
    'CIS 4.12': { asks: 'Somebody is told of changes of gateways.' },
    'CIS 4.13': { asks: 'Every subnet has a flow log.' },
    'CIS 4.14': { asks: 'Cloud Guard looks at the root compartment.' },
    'CIS 4.15': { asks: 'Somebody is told of problems that Cloud Guard finds.' },
    'CIS 4.16': { asks: 'Keys of your own get a new version each year.' },
    'CIS 4.17': { asks: 'Every bucket logs what is written.' },
    'CIS 4.18': { asks: 'Somebody is told of logins by a password of Oracle Cloud.' },
    'CIS 5.1.1': { asks: 'No bucket is public.' },
    'CIS 5.1.2': { asks: 'Buckets are encrypted by a key of your own.' },
    'CIS 5.1.3': { asks: 'Buckets keep versions.' },
    'CIS 5.2.1': { asks: 'Block volumes are encrypted by a key of your own.' },
    'CIS 5.2.2': { asks: 'Boot volumes are encrypted by a key of your own.' },
    'CIS 5.3.1': { asks: 'File systems are encrypted by a key of your own.' },
    'CIS 6.1': { asks: 'There is a compartment for what is deployed.' },
    'CIS 6.2': { asks: 'Nothing is deployed to the root compartment.' },
  },
})
