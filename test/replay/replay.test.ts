import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import proto from '@temporalio/proto'
import { bundleWorkflowCode, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker'
import { beforeAll, describe, expect, it } from 'vitest'

/** Histories recorded on the real server by `record.ts`; once recorded they are never edited. */
const folder = fileURLToPath(new URL('./histories', import.meta.url))
const names = readdirSync(folder).filter((name) => name.endsWith('.bin.gz'))

let bundle: WorkflowBundleWithSourceMap
let incompatible: WorkflowBundleWithSourceMap

beforeAll(async () => {
  const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
  bundle = await bundleWorkflowCode({ workflowsPath: at('../../workflows/index.ts') })
  incompatible = await bundleWorkflowCode({ workflowsPath: at('./incompatible.ts') })
}, 120_000)

async function replayed(workflowBundle: WorkflowBundleWithSourceMap, name: string): Promise<Error | undefined> {
  const history = proto.temporal.api.history.v1.History.decode(gunzipSync(readFileSync(`${folder}/${name}`)))
  for await (const { error } of Worker.runReplayHistories({ workflowBundle }, [
    { workflowId: `cycle:${name}`, history },
  ]))
    return error
  return undefined
}

describe('what was recorded', () => {
  it('covers approving, returning, reopening, withdrawing, expiring and cancelling', () => {
    expect(names.map((name) => name.split('.')[0])).toEqual(
      expect.arrayContaining(['approve', 'return', 'reopen', 'withdraw', 'expire-and-escalate', 'cancel']),
    )
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
