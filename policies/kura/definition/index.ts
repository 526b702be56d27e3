import definitionsVersionExact from './definitions-version-exact.ts'
import imageMirrored from './image-mirrored.ts'
import kubernetesVersionExact from './kubernetes-version-exact.ts'
import nameFollowsParent from './name-follows-parent.ts'
import nameGivenOnce from './name-given-once.ts'
import objectLabelled from './object-labelled.ts'
import resourceTagged from './resource-tagged.ts'

export default [
  definitionsVersionExact,
  imageMirrored,
  kubernetesVersionExact,
  nameFollowsParent,
  nameGivenOnce,
  objectLabelled,
  resourceTagged,
]
