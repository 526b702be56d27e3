import { RandomPassword } from '@pulumi/random'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'password-has-generation',
    description: 'Every password that is generated has a generation, so that a number in the settings makes another.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura secrets-rotated'],
  },
  RandomPassword,
  ({ keepers }, tell) => {
    if (!keepers?.generation)
      tell({
        at: 'keepers.generation',
        is: keepers?.generation,
        write: 'the number of a setting, such as kura:cells.passwords',
      })
  },
)
