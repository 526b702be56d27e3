import { all, cellOf, changed } from '../../../test/support/cell.ts'
import { cases } from '../../../test/support/rule.ts'
import rule from './cell-one-release.ts'

const cell = cellOf('nishi', { yukimi: ['yukimi.example'] })
const other = cellOf('kita', { aozora: ['aozora.example'] })
// biome-ignore lint/suspicious/noExplicitAny: containers of made-up pods.
const renewed = ({ spec }: any, stage: 'containers' | 'initContainers') => {
  for (const container of spec.template.spec[stage])
    container.image = container.image.replace('application:0.1.0', 'application:0.2.0')
}

cases(rule, {
  passes: {
    'one release, and nginx': all(cell),
    'a cell that is ahead of another': [
      ...all(other),
      ...all(cell, {
        web: changed(cell.web, (inputs) => renewed(inputs, 'initContainers')),
        worker: changed(cell.worker, (inputs) => {
          renewed(inputs, 'initContainers')
          renewed(inputs, 'containers')
        }),
      }),
    ],
  },
  breaks: {
    'a worker of another release': [
      all(cell, { worker: changed(cell.worker, (inputs) => renewed(inputs, 'containers')) }),
      'kura-cell-nishi-worker: spec.template.spec.containers[0].image is "nrt.ocir.io/example/kura/application:0.2.0"; write "nrt.ocir.io/example/kura/application:0.1.0", as kura-cell-nishi-web has.',
    ],
    'provisioning of another release': [
      all(cell, { worker: changed(cell.worker, (inputs) => renewed(inputs, 'initContainers')) }),
      /initContainers\[0\]\.image/,
    ],
  },
})
