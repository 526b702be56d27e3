/** The user of our own images. */
export const USER = 1000

/** What the restricted Pod Security Standard asks of a pod. */
export const restrictedPod = {
  runAsNonRoot: true,
  runAsUser: USER,
  runAsGroup: USER,
  fsGroup: USER,
  seccompProfile: { type: 'RuntimeDefault' },
}

/** What it asks of a container, and a root file system that nothing can be written to. */
export const restrictedContainer = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
}
