import { framework } from './framework.ts'

const STATELESS =
  'wrong for traffic that is answered, which is most: a stateless rule needs a second one that lets answers out to every client port, which is wider than a stateful rule; the open ports are judged instead (ssh-not-open, rdp-not-open, only-public-ports-open)'

/** Checks of Checkov for Oracle Cloud. */
export const checkovOci = framework({
  name: 'Checkov, Oracle Cloud',
  version: '3',
  source: 'https://www.checkov.io/5.Policy%20Index/terraform.html',
  controls: {
    CKV_OCI_1: {
      asks: 'The provider holds no private key.',
      differs: 'it looks at the password of the key, and not at the key.',
    },
    CKV_OCI_2: {
      asks: 'Block volumes are backed up by a policy.',
      differs:
        'it reads backupPolicyId of the volume, which is deprecated, and does not see an assignment of a policy.',
    },
    CKV_OCI_3: { asks: 'Block volumes are encrypted by a key of one’s own.' },
    CKV_OCI_4: {
      asks: 'Traffic between an instance and its boot volume is encrypted.',
      differs:
        'it reads launchOptions, which is deprecated for the launch of an instance, and not what took its place.',
    },
    CKV_OCI_5: { asks: 'The old metadata service of instances is off.' },
    CKV_OCI_6: { asks: 'Monitoring of instances is not switched off.' },
    CKV_OCI_7: { asks: 'Buckets emit events about their objects.' },
    CKV_OCI_8: { asks: 'Buckets keep former versions of objects.' },
    CKV_OCI_9: { asks: 'Buckets are encrypted by a key of one’s own.' },
    CKV_OCI_10: { asks: 'Buckets are not public.' },
    CKV_OCI_11: { asks: 'Passwords need a small letter.' },
    CKV_OCI_12: { asks: 'Passwords need a digit.' },
    CKV_OCI_13: { asks: 'Passwords need a special character.' },
    CKV_OCI_14: { asks: 'Passwords need a capital letter.' },
    CKV_OCI_15: { asks: 'File systems are encrypted by a key of one’s own.' },
    CKV_OCI_16: {
      asks: 'Every security list has a rule for what comes in.',
      unchecked:
        'contrary to good practice: a list without such rules lets nothing in, and Oracle recommends security groups instead, which ingress-by-groups asks for.',
    },
    CKV_OCI_17: { asks: 'Rules of security lists for what comes in are stateless.', unchecked: STATELESS },
    CKV_OCI_18: { asks: 'Passwords have 14 characters or more.' },
    CKV_OCI_19: {
      asks: 'No security list opens port 22 to everybody.',
      differs:
        'it does not see ::/0 and default security lists, and takes every protocol except ICMP for one with ports.',
    },
    CKV_OCI_20: {
      asks: 'No security list opens port 3389 to everybody.',
      differs:
        'a rule that opens everything passes, one for any single port breaks it, and one from a known range ends it.',
    },
    CKV_OCI_21: { asks: 'Rules of security groups for what comes in are stateless.', unchecked: STATELESS },
    CKV_OCI_22: {
      asks: 'No security group opens port 22 to everybody.',
      differs: 'it compares the ports of the other end, and does not see ::/0.',
    },
    CKV_OCI_23: { asks: 'Data catalogues have a private endpoint.' },
    CKV2_OCI_1: { asks: 'Administrators have no API keys.' },
    CKV2_OCI_2: {
      asks: 'No security group opens port 3389 to everybody.',
      differs: 'any port below 3389 breaks it, and ::/0 passes.',
    },
    CKV2_OCI_3: { asks: 'The API endpoint of a cluster is in a security group.' },
    CKV2_OCI_4: {
      asks: 'Exports of file systems squash root to the anonymous user 65534.',
      differs: 'an export that squashes nobody passes.',
    },
    CKV2_OCI_5: { asks: 'Traffic between nodes of a cluster and their boot volumes is encrypted.' },
    CKV2_OCI_6: {
      asks: 'Clusters enforce pod security policies.',
      differs:
        'obsolete: Kubernetes 1.25 removed them; labels of Pod Security Admission on every namespace take their place, which the pack kubernetes asks for.',
    },
  },
})
