import { podRule } from '../pods.ts'

export default podRule(
  {
    name: 'git-sync-own-git',
    description: 'git-sync runs its own git, and no other command that somebody sets.',
    severity: 'high',
    level: 'mandatory',
    serves: ['CKV_K8S_159'],
  },
  ({ containers }, tell) => {
    for (const { container, at } of containers)
      for (const [index, { name }] of (container.env ?? []).entries())
        if (name === 'GITSYNC_GIT') tell({ at: `${at}.env[${index}].name`, is: name, write: 'no such variable' })
  },
)
