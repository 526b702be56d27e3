import { filestorage } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './export-names-clients.ts'

const exported = (...sources: string[]) =>
  declared(filestorage.Export, 'files', { exportOptions: sources.map((source) => ({ source })) })
const written = 'write the addresses of the clients, such as "10.0.2.0/24"'

cases(rule, {
  passes: {
    'a range': exported('10.0.2.0/24'),
    'one address': exported('10.0.2.7'),
    'a wide range': exported('10.0.0.0/8'),
  },
  breaks: {
    'every address': [exported('0.0.0.0/0'), `files: exportOptions[0].source is "0.0.0.0/0"; ${written}.`],
    'every address of IPv6, behind a range': [
      exported('10.0.2.0/24', '::/0'),
      `files: exportOptions[1].source is "::/0"; ${written}.`,
    ],
    'both halves of every address': [
      exported('0.0.0.0/1', '128.0.0.0/1'),
      `files: exportOptions[0].source is "0.0.0.0/1"; ${written}.`,
      `files: exportOptions[1].source is "128.0.0.0/1"; ${written}.`,
    ],
    'every address in another form': [exported('10.0.2.0/00'), /source is "10.0.2.0\/00"/],
    'no options, which lets everybody in': [
      exported(),
      'files: exportOptions is not set; write an option for each client, with its addresses as source.',
    ],
    'a source that nobody knows yet': [
      exported(UNKNOWN),
      'Could not be judged: files: exportOptions.0.source is not known before the deployment.',
    ],
  },
})
