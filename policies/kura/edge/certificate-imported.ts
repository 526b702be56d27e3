import { batch } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'
import { publicCertificates } from '../hosts.ts'
import { Certificate } from '../kinds.ts'

export default stackRule(
  {
    name: 'certificate-imported',
    description:
      'Every certificate that readers are served has a job that brings what is renewed to its load balancer.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura host-certificate'],
  },
  Certificate,
  (stack, tell) => {
    const mounted = stack.of(batch.v1.CronJob).flatMap(({ props }) => {
      const { volumes = [] } = props.spec?.jobTemplate?.spec?.template?.spec ?? {}
      const secrets = volumes.flatMap(({ secret, projected }) => [
        secret?.secretName,
        ...(projected?.sources ?? []).map((source) => source.secret?.name),
      ])
      return secrets.map((secret) => `${props.metadata?.namespace}/${secret}`)
    })
    for (const certificate of publicCertificates(stack)) {
      const { metadata, spec } = certificate.props
      if (!mounted.includes(`${metadata.namespace}/${spec.secretName}`))
        tell(certificate, {
          lacks: 'job that imports it',
          write: `the Secret ${spec.secretName} into the volume of the CronJob that imports certificates`,
        })
    }
  },
)
