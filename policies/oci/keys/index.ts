import keyInHardware from './key-in-hardware.ts'
import keyProtected from './key-protected.ts'
import keyRotates from './key-rotates.ts'

export default [keyInHardware, keyProtected, keyRotates]
