import { podRule } from '../pods.ts'
import { onWindows } from '../security-context.ts'

export default podRule(
  {
    name: 'container-read-only-root',
    description: "Containers cannot write to their image's files, so that nobody who gets in can change what runs.",
    severity: 'medium',
    level: 'mandatory',
    serves: [
      'C-0017',
      'Polaris notReadOnlyRootFilesystem',
      'kube-score container-security-context-readonlyrootfilesystem',
      'CKV_K8S_22',
    ],
  },
  (pods, tell) => {
    if (onWindows(pods)) return
    for (const { container, at } of pods.containers) {
      const readOnly = container.securityContext?.readOnlyRootFilesystem
      if (!readOnly)
        tell({
          at: `${at}.securityContext.readOnlyRootFilesystem`,
          is: readOnly,
          write: 'true, and an emptyDir where it must write',
        })
    }
  },
)
