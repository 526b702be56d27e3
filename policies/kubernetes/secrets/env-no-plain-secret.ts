import { resourceRule } from '../../rule/index.ts'
import { OPERATED, OperatedPods } from '../operators.ts'
import { type Container, podsOf, WORKLOADS } from '../pods.ts'
import { holdsSecret, secretIn, secretOptionIn } from '../sensitive.ts'

export default resourceRule(
  {
    name: 'env-no-plain-secret',
    description: 'No password, key or token is written out as a variable or an argument of a container.',
    severity: 'high',
    level: 'mandatory',
    serves: ['C-0012', 'Polaris sensitiveContainerEnvVar'],
  },
  [...WORKLOADS, ...OPERATED],
  (_props, tell, { resource }) => {
    const operated = new OperatedPods(resource)
    const write = 'it into a Secret, mounted as a file'
    const check = (at: string, text: string, named: string | undefined) => {
      const holds = secretIn(text) ?? (named && `the value of ${named}`)
      if (holds) tell({ at, holds, write })
    }
    const checkVariables = (at: string, env: Container['env'] = []) => {
      for (const [index, { name, value = '' }] of env.entries())
        check(`${at}[${index}].value`, value, holdsSecret(name, value) ? name : undefined)
    }
    checkVariables(operated.at('env') ?? '', operated.get('env'))
    for (const { container, at } of podsOf(resource)?.containers ?? operated.containers) {
      checkVariables(`${at}.env`, container.env)
      for (const list of ['command', 'args'] as const)
        for (const [index, argument] of (container[list] ?? []).entries())
          check(`${at}.${list}[${index}]`, argument, secretOptionIn(argument))
    }
  },
)
