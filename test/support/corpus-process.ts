/** Judges the damaged files `from` to `to` of a seed, one after another, and tells what was said of each. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { judge } from './corpus.ts'

const [seed = 0, from = 0, to = 0] = process.argv.slice(2).map(Number)
const folder = await mkdtemp(join(tmpdir(), 'caracteriza-corpus-'))
try {
  for (let n = from; n < to; n++) process.send?.({ n, said: await judge(seed, n, folder) })
  process.send?.({ peakMegabytes: await ownPeakMegabytes() })
} finally {
  await rm(folder, { recursive: true, force: true })
}
process.disconnect()

/** What this process itself took at most; `maxRSS` begins with what its parent held when it was started. */
async function ownPeakMegabytes(): Promise<number> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '')
  const kilobytes = /^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS
  return Number(kilobytes) / 1024
}
