import { confidentialForms } from '../../catalog/forms/index.ts'
import type { Trx } from '../../db/client.ts'
import { findCycleHead } from '../../db/cycle-pages.ts'
import { provenEvents } from '../../db/pack-events.ts'
import type { PackWriter } from '../../db/pack-file.ts'
import { packIndexHtml, packIndexPdf } from '../../documents/pack-index.ts'
import { readVerifierProgram, VERIFIER_NAME } from '../../documents/verifier-program.ts'
import { Refused } from '../../domain/refusals.ts'
import { CHECKPOINT, EVENTS, type Manifest } from '../../verifier/packs.ts'
import { packFileNames } from '../text/packs.ts'
import { addContents, addFiles, type PackWanted } from './pack-files.server.ts'
import { packIndex } from './pack-index.server.ts'
import { addLists } from './pack-lists.server.ts'

/** Writes what the evidence pack of a cycle holds; answers its manifest. Nothing of it shows a value of a citizen. */
export async function fillPack(trx: Trx, pack: PackWriter, wanted: PackWanted): Promise<Manifest> {
  const { actor, cycleId, checkpoint, madeAt } = wanted
  const { entityId } = actor
  const head = await findCycleHead(trx, cycleId)
  if (!head) throw new Refused('not_visible')
  const confidential = confidentialForms()
  const covered = { entityId, cycleId, size: checkpoint.size, confidential }
  const contents = await addContents(trx, pack, covered)
  const absent = await addFiles(trx, pack, wanted, confidential)
  const lists = await addLists(trx, pack, { entityId, cycleId, confidential })
  let events = 0
  await pack.add(
    EVENTS,
    counted(provenEvents(trx, covered), () => (events += 1)),
  )
  await pack.add(CHECKPOINT, checkpoint.note)
  await pack.add(packFileNames.verifier(VERIFIER_NAME), await readVerifierProgram())
  const index = packIndex({ ...wanted, head, contents, absent, lists, events, files: pack.files })
  await pack.add(packFileNames.indexHtml, packIndexHtml(index))
  await pack.add(packFileNames.indexPdf, packIndexPdf(index, madeAt.toISOString()))
  return {
    ...{ entityId, cycleId, name: head.name, madeAt: madeAt.toISOString(), events, contents },
    files: [...pack.files],
  }
}

async function* counted(lines: AsyncIterable<string>, count: () => void): AsyncGenerator<string> {
  for await (const line of lines) {
    count()
    yield line
  }
}
