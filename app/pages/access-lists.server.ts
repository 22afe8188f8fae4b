import { data, redirect } from '@remix-run/node'
import { type AccessListRow, findAccessList, listAccessListRows } from '../../db/access-lists.ts'
import { listHeadPositions } from '../../db/agency-heads.ts'
import { withActor } from '../../db/client.ts'
import { listOpenPoints } from '../../db/grant-pages.ts'
import { newId } from '../../db/ids.ts'
import { grantRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { invalid, notFound } from '../answer.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import { receiveAccessList } from '../commands/receive-access-list.server.ts'
import type { AppContext } from '../context.server.ts'
import { shownRefusal } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { listFaultSentence, type RowState, rowSentence } from '../text/access-lists.ts'
import { inputErrors } from '../text/inputs.ts'
import { sentenceOf } from '../text/refusals.ts'

/** Where a list is sent: whether this person may, and the points its rows may name. */
export async function loadNewAccessList(context: AppContext, actor: Actor) {
  return await withActor(context.db, actor, async (trx) => {
    const { agencyId, agencyName } = actor.position
    const heads = await listHeadPositions(trx, agencyId)
    const against = sentenceOf(whyNot(permitted(actor), 'ask', 'Grant', grantRow(actor.entityId, heads, '')), actor)
    const points = against === null ? await listOpenPoints(trx, agencyId) : []
    return { agency: agencyName, whyNot: against, points, formKey: newId() }
  })
}

/** Wrong input and an unreadable file are 422 beside their field; the file alone has to be chosen again. */
export async function actOnNewAccessList(context: AppContext, actor: Actor, request: Request) {
  try {
    const received = await receiveAccessList(context, actor, request)
    if (received.ok) return redirect(`/accesos/solicitudes/lista/${received.listId}`)
    const file = received.file ? [{ field: 'lista-archivo', message: listFaultSentence(received.file) }] : []
    return invalid([...file, ...inputErrors(received.errors, (path) => `lista-${path}`)], received.typed)
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    return data({ errors: [{ field: 'lista-archivo', message: sentence }], values: {} }, { status })
  }
}

/** A row and what became of it, in words. */
export interface ShownRow extends Omit<AccessListRow, 'fault' | 'code'> {
  state: RowState
  /** Why it was not, or cannot be, asked for. */
  why: string | null
}

export function shownRow({ fault, code, ...row }: AccessListRow, isAsked: boolean): ShownRow {
  const why = code ?? (row.outcome === null ? fault : null)
  return { ...row, why: why === null ? null : rowSentence(why), state: row.outcome ?? stateOf(fault, isAsked) }
}

function stateOf(fault: string | null, isAsked: boolean): RowState {
  if (isAsked) return 'pending'
  return fault === null ? 'ready' : 'fix'
}

/** A list this person sent, with each of its rows; nobody else's is there. */
export async function loadAccessList(context: AppContext, actor: Actor, id: string) {
  return await withActor(context.db, actor, async (trx) => {
    const list = await findAccessList(trx, actor.personId, id)
    if (!list) throw notFound(context.requestId)
    const rows = (await listAccessListRows(trx, id)).map((row) => shownRow(row, list.askedAt !== null))
    const { radicado, radicadoOn, receivedAt, askedAt } = list
    const count = (state: RowState) => rows.filter((row) => row.state === state).length
    const counts = { ready: count('ready'), fix: count('fix'), asked: count('asked'), refused: count('refused') }
    return { list: { id, radicado, radicadoOn, receivedAt, askedAt }, rows, ...counts, pending: count('pending') }
  })
}
