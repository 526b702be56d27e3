import { filestorage } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './export-squashes-root.ts'

const exported = (path: string, ...squashes: unknown[]) =>
  declared(filestorage.Export, 'export', {
    path,
    exportOptions: squashes.map((identitySquash) => ({ source: '10.0.0.0/24', identitySquash })),
  })
const told = (is: string, index = 0) => `export: exportOptions[${index}].identitySquash is ${is}; write "ROOT".`

cases(rule, {
  passes: {
    'root as nobody': exported('/cell', 'ROOT', 'ROOT'),
    'everybody as nobody': exported('/cell', 'ALL'),
    'the export of the job for folders': exported('/as-root/cell', 'NONE'),
  },
  breaks: {
    'root as root for some': [exported('/cell', 'ROOT', 'NONE'), told('"NONE"', 1)],
    'an option that says nothing': [exported('/cell', undefined), told('not set')],
    'no options: root is root, for everybody': [
      exported('/cell'),
      'export: exportOptions is not set; write options with identitySquash "ROOT".',
    ],
    'a path that only sounds like it': [exported('/as-rooted', 'NONE'), told('"NONE"')],
    'what nobody knows yet': [
      exported('/cell', UNKNOWN),
      /^Could not be judged: export: exportOptions.0.identitySquash/,
    ],
  },
})
