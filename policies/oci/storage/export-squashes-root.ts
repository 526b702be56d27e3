import { filestorage } from '@pulumi/oci'
import { resourceRule, setting } from '../../rule/index.ts'

interface Settings {
  unsquashed: { path: string; reason: string }[]
}

/** Who owns nothing: what Oracle takes where no other is named. */
const NOBODY = '65534'

export default resourceRule(
  {
    name: 'export-squashes-root',
    description: 'Root of a client that mounts a file system is nobody there, and so is whoever it does not know.',
    severity: 'high',
    level: 'mandatory',
    serves: ['CKV2_OCI_4'],
    settings: {
      unsquashed: setting([] as Settings['unsquashed'], {
        type: 'array',
        description: 'Paths of exports through which root stays root, each with all below it.',
        items: {
          type: 'object',
          properties: {
            path: { type: 'string', pattern: '^/.', description: 'Path of an export, such as /as-root.' },
            reason: { type: 'string', minLength: 10, description: 'Who needs to be root there, and for what.' },
          },
          required: ['path', 'reason'],
          additionalProperties: false,
        },
      }),
    },
  },
  filestorage.Export,
  ({ path, exportOptions = [] }, tell, { settings: { unsquashed } }) => {
    if (unsquashed.some((one) => path === one.path || path.startsWith(`${one.path}/`))) return
    // Oracle's own option lets everybody in, as whoever they say they are.
    if (exportOptions.length === 0)
      tell({ at: 'exportOptions', is: undefined, write: 'an option for each client, with identitySquash "ROOT"' })
    for (const [index, option] of exportOptions.entries()) {
      const { identitySquash, anonymousUid = NOBODY, anonymousGid = NOBODY } = option
      const at = (key: string) => `exportOptions[${index}].${key}`
      if (!['ROOT', 'ALL'].includes((identitySquash ?? '').toUpperCase()))
        tell({ at: at('identitySquash'), is: identitySquash, write: '"ROOT"' })
      for (const [key, id] of Object.entries({ anonymousUid, anonymousGid }))
        if (String(id) !== NOBODY) tell({ at: at(key), is: id, write: `"${NOBODY}"` })
    }
  },
)
