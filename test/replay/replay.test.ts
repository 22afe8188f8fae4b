import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import proto from '@temporalio/proto'
import { bundleWorkflowCode, Worker } from '@temporalio/worker'
import { beforeAll, describe, expect, it } from 'vitest'
import { bundledWorkflows } from '../../activities/bundle-workflows.ts'
import '../support/temporal-runtime.ts'

/** Histories recorded on the real server by `record.ts`; once recorded they are never edited. */
const folder = fileURLToPath(new URL('./histories', import.meta.url))
const names = readdirSync(folder).filter((name) => name.endsWith('.bin.gz'))

let bundle: { code: string }
let incompatible: { code: string }

beforeAll(async () => {
  bundle = await bundledWorkflows()
  const workflowsPath = fileURLToPath(new URL('./incompatible.ts', import.meta.url))
  incompatible = await bundleWorkflowCode({ workflowsPath })
}, 120_000)

async function replayed(workflowBundle: { code: string }, name: string): Promise<Error | undefined> {
  const history = proto.temporal.api.history.v1.History.decode(gunzipSync(readFileSync(`${folder}/${name}`)))
  for await (const { error } of Worker.runReplayHistories({ workflowBundle }, [
    { workflowId: `cycle:${name}`, history },
  ]))
    return error
  return undefined
}

describe('what was recorded', () => {
  it('covers approving, returning, reopening, withdrawing, expiring, cancelling and a review of accesses', () => {
    const paths = ['approve', 'return', 'reopen', 'withdraw', 'expire-and-escalate', 'cancel', 'review', 'reviewer']
    expect(names.map((name) => name.split('.')[0])).toEqual(expect.arrayContaining(paths))
  })

  for (const name of names) {
    it(`${name} replays on this build`, async () => {
      expect(await replayed(bundle, name)).toBeUndefined()
    })
  }

  it('is refused by a build that opens steps in another way', async () => {
    expect((await replayed(incompatible, 'approve.bin.gz'))?.message).toMatch(/determinism|TMPRL1100/i)
  })
})
