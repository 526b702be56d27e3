import chartVersionExact from './chart-version-exact.ts'
import definitionsVersionExact from './definitions-version-exact.ts'
import imageMirrored from './image-mirrored.ts'
import imageVersionExact from './image-version-exact.ts'
import kubernetesVersionExact from './kubernetes-version-exact.ts'
import nameFollowsParent from './name-follows-parent.ts'
import nameGivenOnce from './name-given-once.ts'
import objectLabelled from './object-labelled.ts'
import resourceTagged from './resource-tagged.ts'

export default [
  chartVersionExact,
  definitionsVersionExact,
  imageMirrored,
  imageVersionExact,
  kubernetesVersionExact,
  nameFollowsParent,
  nameGivenOnce,
  objectLabelled,
  resourceTagged,
]
