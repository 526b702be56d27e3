import instanceEncryptedInTransit from './instance-encrypted-in-transit.ts'
import instanceLegacyMetadataOff from './instance-legacy-metadata-off.ts'
import instanceMonitored from './instance-monitored.ts'
import instanceSecureBoot from './instance-secure-boot.ts'
import instanceWithoutPublicAddress from './instance-without-public-address.ts'

export default [
  instanceEncryptedInTransit,
  instanceLegacyMetadataOff,
  instanceMonitored,
  instanceSecureBoot,
  instanceWithoutPublicAddress,
]
