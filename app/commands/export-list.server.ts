import { withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { recordExport } from '../../db/exports.ts'
import { areInForce } from '../../db/grants-in-force.ts'
import { LIST_FILE_TYPES, listFile } from '../../documents/list-files.ts'
import type { ListCode, ListFormat } from '../../domain/lists.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { LISTINGS } from '../pages/lists/index.server.ts'
import { allRows } from '../pages/lists/listing.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { listFilesText, listNames } from '../text/lists.ts'

export interface ListAsked {
  list: ListCode
  format: ListFormat
  /** The filters, as the page of the list has them in its address. */
  search: URLSearchParams
}

export interface MadeFile {
  name: string
  mediaType: string
  content: Buffer
  /** Delegated accesses it was read under. */
  scopes?: string[]
}

/**
 * Makes a file of the rows of a list that its filters leave, all pages of them and within the rights of who asks
 * (experience 58). The record says who took which list, how many rows and the hash of the file; what it was filtered by
 * may name a person, so only that it was filtered.
 */
export async function exportList(context: AppContext, actor: Actor, asked: ListAsked): Promise<MadeFile> {
  const { list, format, search } = asked
  return await recordingRefusals(context, actor, { objectId: actor.entityId }, async (trx, by) => {
    const { header, read, cycleId, isNarrowed, scopes } = await LISTINGS[list](trx, actor, search)
    const rows = await allRows({ read })
    // What ended meanwhile left rows out.
    if (scopes && !(await areInForce(trx, actor.personId, scopes))) throw new Refused('no_access_in_force')
    const content = await listFile({ title: listNames[list], header, rows }, format)
    await recordExport(trx, by, {
      ...{ content, cycleId },
      facts: { list, format, rows: rows.length, narrowed: isNarrowed },
    })
    const { mediaType, ending } = LIST_FILE_TYPES[format]
    return { name: listFilesText.fileName(list, appToday(), ending), mediaType, content, scopes }
  })
}

/** Whether the same address would give its file, as a probe asks it: nothing is made and nothing recorded. */
export async function mayExport(context: AppContext, actor: Actor, { list, search }: Omit<ListAsked, 'format'>) {
  return await withActor(context.db, actor, (trx) => LISTINGS[list](trx, actor, search)).then(
    () => true,
    (failure: unknown) => {
      if (failure instanceof Refused) return false
      throw failure
    },
  )
}
