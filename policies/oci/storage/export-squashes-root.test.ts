import { filestorage } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './export-squashes-root.ts'

const exported = (path: string, ...exportOptions: object[]) =>
  declared(filestorage.Export, 'files', { path, exportOptions })
const option = (inputs: object = {}) => ({ source: '10.0.2.0/24', identitySquash: 'ROOT', ...inputs })

cases(rule, {
  config: { unsquashed: [{ path: '/as-root', reason: 'jobs that make folders' }] },
  passes: {
    'root that is nobody': exported('/cell', option()),
    'everybody that is nobody': exported('/cell', option({ identitySquash: 'ALL' })),
    'another case': exported('/cell', option({ identitySquash: 'root' })),
    'nobody by the usual number': exported('/cell', option({ anonymousUid: '65534', anonymousGid: '65534' })),
    'a path through which root stays root': exported('/as-root', option({ identitySquash: 'NONE' })),
    'a path below it': exported('/as-root/cell', option({ identitySquash: 'NONE' })),
  },
  breaks: {
    'root that stays root': [
      exported('/cell', option({ identitySquash: 'NONE' })),
      'files: exportOptions[0].identitySquash is "NONE"; write "ROOT".',
    ],
    'a second option that says nothing': [
      exported('/cell', option(), option({ identitySquash: undefined })),
      'files: exportOptions[1].identitySquash is not set; write "ROOT".',
    ],
    'strangers that are root': [
      exported('/cell', option({ anonymousUid: '0', anonymousGid: '0' })),
      'files: exportOptions[0].anonymousUid is "0"; write "65534".',
      'files: exportOptions[0].anonymousGid is "0"; write "65534".',
    ],
    'no options, which lets root stay root': [
      exported('/cell'),
      'files: exportOptions is not set; write an option for each client, with identitySquash "ROOT".',
    ],
    'options that are not given': [
      declared(filestorage.Export, 'files', { path: '/cell' }),
      /exportOptions is not set/,
    ],
    'a path that only begins like the unsquashed one': [
      exported('/as-rooted', option({ identitySquash: 'NONE' })),
      /exportOptions\[0\].identitySquash is "NONE"/,
    ],
    'a path that nobody knows yet': [
      exported(UNKNOWN, option()),
      'Could not be judged: files: path is not known before the deployment.',
    ],
  },
})
