import { type AccessList, findAccessList, insertAccessList } from '../../db/access-lists.ts'
import { listHeadPositions } from '../../db/agency-heads.ts'
import { recordEvent } from '../../db/audit.ts'
import type { Trx } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { idOf } from '../../db/ids.ts'
import type { UnreadFile } from '../../domain/file-readings.ts'
import { type GrantListInput, grantListInput } from '../../domain/grant-inputs.ts'
import { type ListFault, type ListRow, MAX_LIST_BYTES } from '../../domain/grant-lists.ts'
import { type InputError, readInput } from '../../domain/input-reading.ts'
import { grantRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import { readListFile } from '../access-list-file.server.ts'
import { typedOf } from '../administration.server.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals, recordRefusalOf } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { readSentForm } from '../uploads.server.ts'
import { permitted } from './permitted.server.ts'

type Received =
  | { ok: true; listId: string }
  | { ok: false; typed: Record<string, string>; errors: InputError[]; file: UnreadFile | ListFault | null }

/**
 * Whoever heads an organismo sends a list of requests (C1): it is read whole, each row judged as a single request would be,
 * and nothing is asked for yet. The file is not kept; the same form again is the same list.
 */
export async function receiveAccessList(context: AppContext, actor: Actor, request: Request): Promise<Received> {
  const about = { objectId: actor.entityId }
  // Nobody without the right gets to send a byte.
  await recordingRefusals(context, actor, about, (trx) => refuseWithoutRight(trx, actor))
  const { form, file } = await readSentForm(request, MAX_LIST_BYTES)
  const typed = typedOf(form)
  const read = readInput(grantListInput(appToday()), typed)
  const list = typeof file === 'string' ? null : await readListFile(file.content, context.config.DATA_DIR)
  if (!read.ok || !list?.ok) {
    const errors = read.ok ? [] : read.errors
    const fault = list === null ? (file as UnreadFile) : list.ok ? null : list
    const faults = [...errors, ...(fault ? [{ path: 'archivo', code: codeOf(fault) }] : [])]
    await recordRefusalOf(context, actor, { ...about, faults }, new Refused('list_unread'))
    return { ok: false, typed, errors, file: fault }
  }
  return await recordingRefusals(context, actor, about, async (trx) => {
    await refuseWithoutRight(trx, actor)
    return { ok: true, listId: await keep(trx, context, actor, { ...list, input: read.input }) }
  })
}

function codeOf(fault: UnreadFile | ListFault): string {
  if (typeof fault === 'string') return fault
  return fault.fault === 'file' ? fault.refusal.code : fault.fault
}

async function refuseWithoutRight(trx: Trx, actor: Actor): Promise<void> {
  const heads = await listHeadPositions(trx, actor.position.agencyId)
  refuseIf(whyNot(permitted(actor), 'ask', 'Grant', grantRow(actor.entityId, heads, '')))
}

async function keep(
  trx: Trx,
  context: AppContext,
  { entityId, personId, position }: Actor,
  { rows, sha256, input }: { rows: ListRow[]; sha256: string; input: GrantListInput },
): Promise<string> {
  const { formKey, ...communication } = input
  const id = idOf('access-list', entityId, personId, formKey)
  const by = { entityId, agencyId: position.agencyId, personId, positionId: position.id }
  const list: AccessList = { id, ...by, sha256, ...communication }
  const secret = context.config.APP_SECRET
  if (!(await insertAccessList(trx, list, { rows, secret, today: appToday() }))) {
    const known = await findAccessList(trx, personId, id)
    if (known?.sha256 !== sha256 || known.radicado !== input.radicado) throw new Refused('body_differs')
    return id
  }
  await recordEvent(trx, {
    ...{ entityId, type: 'access.list_received', objectId: id, contentHash: sha256, origin: 'web' },
    ...{ actorPerson: personId, actorPosition: position.id, requestId: context.requestId },
    changes: [{ field: 'rows', before: null, after: rows.length }],
  })
  return id
}
