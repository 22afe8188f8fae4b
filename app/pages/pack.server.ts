import { confidentialForms } from '../../catalog/forms/index.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { findCycleHead } from '../../db/cycle-pages.ts'
import { findEliminated } from '../../db/disposal-pages.ts'
import { listEvidenceFiles } from '../../db/pack-contents.ts'
import { provenEvents } from '../../db/pack-events.ts'
import type { PackWriter } from '../../db/pack-file.ts'
import { findPackGrowth } from '../../db/pack-growth.ts'
import { packIndexHtml, packIndexPdf } from '../../documents/pack-index.ts'
import { readVerifierProgram, VERIFIER_NAME } from '../../documents/verifier-program.ts'
import { Refused } from '../../domain/refusals.ts'
import { CHECKPOINT, EVENTS, GROWTH, type Manifest } from '../../verifier/packs.ts'
import { packFileNames } from '../text/packs.ts'
import { addContents, addFiles, type PackWanted } from './pack-files.server.ts'
import { packIndex, printedIndex } from './pack-index.server.ts'
import { addLists } from './pack-lists.server.ts'
import { addWorkflows } from './pack-workflows.server.ts'
import { flowsOf } from './workflow-history.server.ts'

/**
 * Writes what the evidence pack of a cycle holds; answers its manifest. Nothing of it shows a value of a citizen. What stands in the
 * record is read in one transaction, that is over before any file is copied.
 */
export async function fillPack(pack: PackWriter, wanted: PackWanted): Promise<Manifest> {
  const { context, actor, cycleId, checkpoint, madeAt } = wanted
  const { files, workflows, ...read } = await withActor(context.db, actor, (trx) => addRecord(trx, pack, wanted))
  const absent = await addFiles(pack, context.config.DATA_DIR, files)
  const flows = await addWorkflows(pack, context, workflows)
  await pack.add(CHECKPOINT, checkpoint.note)
  if (read.growth) await pack.add(GROWTH, read.growth.text)
  await pack.add(packFileNames.verifier(VERIFIER_NAME), await readVerifierProgram())
  const index = packIndex({ ...wanted, ...read, flows, absent, files: pack.files })
  await pack.add(packFileNames.indexHtml, packIndexHtml(index))
  await pack.add(packFileNames.indexPdf, packIndexPdf(printedIndex(index), madeAt.toISOString()))
  const { head, contents, events } = read
  return {
    ...{ entityId: actor.entityId, cycleId, name: head.name, madeAt: madeAt.toISOString(), events, contents },
    files: [...pack.files],
  }
}

/** What the record says, as far as it is sealed; answers which files and workflows belong to it. */
async function addRecord(trx: Trx, pack: PackWriter, { actor, cycleId, checkpoint }: PackWanted) {
  const head = await findCycleHead(trx, cycleId)
  if (!head) throw new Refused('not_visible')
  const covered = { entityId: actor.entityId, cycleId, size: checkpoint.size, confidential: confidentialForms() }
  const contents = await addContents(trx, pack, covered)
  const lists = await addLists(trx, pack, covered)
  let events = 0
  await pack.add(
    EVENTS,
    counted(provenEvents(trx, covered), () => (events += 1)),
  )
  return {
    ...{ head, contents, lists, events, growth: await findPackGrowth(trx, covered, checkpoint) },
    gone: await findEliminated(trx, cycleId),
    files: await listEvidenceFiles(trx, covered),
    workflows: await flowsOf(trx, { kind: 'cycle', id: cycleId }),
  }
}

async function* counted(lines: AsyncIterable<string>, count: () => void): AsyncGenerator<string> {
  for await (const line of lines) {
    count()
    yield line
  }
}
