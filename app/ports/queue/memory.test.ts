import { expect, it, vi } from 'vitest'
import { createLog } from '../../platform/logs.ts'
import { memoryQueue } from './memory.ts'
import { queueSuite } from './suite.ts'

const log = createLog('test', 'silent')

queueSuite(async (handle) => memoryQueue(handle, log))

it('gives up an institution whose turns fail again and again, and begins anew when it is told of it', async () => {
  vi.useFakeTimers()
  try {
    let turns = 0
    const queue = memoryQueue(async () => {
      turns++
      throw new Error('never')
    }, log)
    queue.send({ tenant: 'aozora', pace: 'quick' })
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(turns).toBe(20)
    queue.send({ tenant: 'aozora', pace: 'quick' })
    await vi.advanceTimersByTimeAsync(1_500)
    expect(turns).toBe(22)
    await queue.end()
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(turns).toBe(22)
  } finally {
    vi.useRealTimers()
  }
})

it('ends though a turn does not', async () => {
  vi.useFakeTimers()
  try {
    const queue = memoryQueue(() => new Promise(() => {}), log)
    queue.send({ tenant: 'aozora', pace: 'quick' })
    const ended = queue.end()
    await vi.advanceTimersByTimeAsync(60_000)
    await ended
  } finally {
    vi.useRealTimers()
  }
})
