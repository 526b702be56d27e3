import configMapNoSecret from './config-map-no-secret.ts'
import envNoPlainSecret from './env-no-plain-secret.ts'
import secretMountedAsFile from './secret-mounted-as-file.ts'
import secretNoLastingToken from './secret-no-lasting-token.ts'

export default [configMapNoSecret, envNoPlainSecret, secretMountedAsFile, secretNoLastingToken]
