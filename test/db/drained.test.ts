import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { drained } from '../../db/drained.ts'

it('waits for a stream that takes no more, again and again, and leaves nobody listening', async () => {
  const slow = new Writable({ highWaterMark: 1, write: (_, __, done) => setImmediate(done) })
  const listening = () => ['drain', 'close', 'error'].map((name) => slow.listenerCount(name))
  const before = listening()
  for (let i = 0; i < 3; i++) {
    expect(slow.write('xx')).toBe(false)
    await drained(slow)
    expect(slow.writableNeedDrain).toBe(false)
  }
  expect(listening()).toEqual(before)
  slow.write('xx')
  slow.destroy()
  await drained(slow)
  await drained(slow)
})
