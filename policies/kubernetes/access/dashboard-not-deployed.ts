import { podRule } from '../pods.ts'

const IMAGES = /(^|\/)(kubernetesui\/|kubernetes-dashboard)/

export default podRule(
  {
    name: 'dashboard-not-deployed',
    description: 'The Kubernetes Dashboard, which is a way in with rights of its own, does not run.',
    severity: 'high',
    level: 'mandatory',
    serves: ['CKV_K8S_33'],
  },
  ({ containers }, tell) => {
    for (const { container, at } of containers)
      if (container.image && IMAGES.test(container.image))
        tell({ at: `${at}.image`, is: container.image, write: "a client on the operator's own machine instead" })
  },
)
