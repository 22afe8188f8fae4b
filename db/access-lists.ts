/** Lists of requests of access, with what became of each row (C1). */
import { sql } from 'kysely'
import { plainDocument } from '../domain/administration.ts'
import { type GrantInput, grantInput } from '../domain/grant-inputs.ts'
import { captureFormOf, dayOf, earlierTwin, hintOf, type ListRow } from '../domain/grant-lists.ts'
import { type CaptureForm, type GrantStatus, objectionToRequest } from '../domain/grants.ts'
import { readInput } from '../domain/input-reading.ts'
import type { RefusalCode } from '../domain/refusals.ts'
import type { Trx } from './client.ts'
import { factsOfRequest } from './grants.ts'
import { idOf } from './ids.ts'
import { documentHash } from './person-changes.ts'

/** Whoever heads an organismo, and the communication that all its rows cite. */
export interface AccessList {
  id: string
  entityId: string
  agencyId: string
  personId: string
  positionId: string
  sha256: string
  radicado: string
  radicadoOn: string
  reason: string
}

/** What a row comes to when it is asked for by the same command as a single request; everything as typed. */
export interface RowRequest {
  typed: Record<string, string>
  /** Why it is not even asked for: nobody or no point is meant, or another row asks for the same. */
  fault: RefusalCode | null
}

interface ResolvedRow extends RowRequest {
  typed: RowForm
  row: ListRow
  n: number
}

/** People by document number or by the address of their account, and points by name: of this entity and organismo only. */
async function resolve(trx: Trx, list: AccessList, rows: ListRow[], secret: string): Promise<ResolvedRow[]> {
  const hashOf = ({ who }: ListRow) => documentHash(secret, list.entityId, plainDocument(who))
  const people = await trx
    .selectFrom('person')
    .leftJoin('account', 'account.person_id', 'person.id')
    .select(['person.id', 'person.document_hash as hash', 'account.email'])
    .where('person.entity_id', '=', list.entityId)
    .where(({ or, eb }) =>
      or([
        eb('person.document_hash', 'in', rows.map(hashOf)),
        eb(
          'account.email',
          'in',
          rows.map(({ who }) => who.toLowerCase()),
        ),
      ]),
    )
    .execute()
  const points = await trx
    .selectFrom('service_point')
    .select(['id', sql<string>`lower(name)`.as('name')])
    .where('agency_id', '=', list.agencyId)
    .execute()
  const found = rows.map((row) => ({
    row,
    granteeId: people.find(({ hash, email }) => hash === hashOf(row) || email === row.who.toLowerCase())?.id ?? '',
    pointId: points.find(({ name }) => name === row.point.toLowerCase())?.id ?? '',
    form: captureFormOf(row.form) ?? '',
  }))
  const keys = found.map(({ granteeId, pointId, form, row }) =>
    granteeId && pointId && form ? [granteeId, pointId, form, dayOf(row.startsOn).slice(0, 4)].join(' ') : '',
  )
  return found.map(({ row, granteeId, pointId, form }, i) => ({
    ...{ row, n: i + 1, fault: faultOf(granteeId, pointId, earlierTwin(keys, i)) },
    typed: typedOf(list, i + 1, { granteeId, pointId, form, startsOn: dayOf(row.startsOn), endsOn: dayOf(row.endsOn) }),
  }))
}

function faultOf(granteeId: string, pointId: string, twin: number | null): RefusalCode | null {
  if (granteeId === '') return 'account_unknown'
  if (pointId === '') return 'point_unknown'
  return twin === null ? null : 'row_repeated'
}

/** One form of a single request; its key is the row's own, so that a row asked for twice is one request. */
function typedOf(
  list: Pick<AccessList, 'id' | 'radicado' | 'radicadoOn' | 'reason'>,
  n: number,
  own: OwnPart,
): RowForm {
  const { id, radicado, radicadoOn, reason } = list
  return { ...own, formKey: idOf('access-list', id, n), radicado, radicadoOn, reason }
}

type OwnPart = Record<'granteeId' | 'pointId' | 'form' | 'startsOn' | 'endsOn', string>
type RowForm = OwnPart & Record<'formKey' | 'radicado' | 'radicadoOn' | 'reason', string>

/** Keeps a list and what can be said of each row now; the same list again changes nothing. Answers false where it stood. */
export async function insertAccessList(
  trx: Trx,
  list: AccessList,
  { rows, secret, today }: { rows: ListRow[]; secret: string; today: string },
): Promise<boolean> {
  const columns = { id: list.id, entity_id: list.entityId, agency_id: list.agencyId, person_id: list.personId }
  const communication = { radicado: list.radicado, radicado_on: list.radicadoOn, reason: list.reason }
  const inserted = await trx
    .insertInto('access_list')
    .values({ ...columns, position_id: list.positionId, sha256: list.sha256, ...communication })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows !== 1n) return false
  const values = []
  for (const { row, n, typed, fault } of await resolve(trx, list, rows, secret))
    values.push({
      ...{ list_id: list.id, n, entity_id: list.entityId, line: row.line, who: hintOf(row.who), point: row.point },
      ...{ form: row.form, starts_on: typed.startsOn, ends_on: typed.endsOn, grantee_id: typed.granteeId || null },
      ...{ point_id: typed.pointId || null, fault: fault ?? (await foreseen(trx, list, typed, today)) },
    })
  await trx.insertInto('access_list_row').values(values).execute()
  return true
}

/** Why a single request of the same would be refused, by the same rules; null when it would be taken. */
async function foreseen(
  trx: Trx,
  list: AccessList,
  typed: Record<string, string>,
  today: string,
): Promise<string | null> {
  const read = readInput<GrantInput>(grantInput(today), typed)
  if (!read.ok) return read.errors[0]?.code ?? null
  const { entityId, agencyId, personId, positionId } = list
  const request = { id: list.id, entityId, agencyId, personId, positionId, input: read.input }
  return objectionToRequest(await factsOfRequest(trx, request))?.code ?? null
}

/** Of whoever sent it, and of nobody else. */
export async function findAccessList(trx: Trx, personId: string, id: string) {
  return await trx
    .selectFrom('access_list')
    .select(['id', 'entity_id as entityId', 'agency_id as agencyId', 'position_id as positionId', 'sha256', 'radicado'])
    .select(['radicado_on as radicadoOn', 'reason', 'received_at as receivedAt', 'asked_at as askedAt'])
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .executeTakeFirst()
}
export type FoundList = NonNullable<Awaited<ReturnType<typeof findAccessList>>>

export interface AccessListRow {
  n: number
  line: number
  who: string
  /** Name of the person meant; null where the row means nobody. */
  personName: string | null
  point: string
  form: string
  startsOn: string
  endsOn: string
  fault: string | null
  outcome: 'asked' | 'refused' | null
  code: string | null
  grantId: string | null
  grantCode: string | null
  grantStatus: GrantStatus | null
}

export async function listAccessListRows(trx: Trx, listId: string): Promise<AccessListRow[]> {
  const found = await sql<AccessListRow>`
    select r.n, r.line, r.who, p.display_name as "personName", r.point, r.form, r.starts_on as "startsOn",
      r.ends_on as "endsOn", r.fault, r.outcome, r.code, r.grant_id as "grantId", g.code as "grantCode",
      g.status as "grantStatus"
    from access_list_row r left join person p on p.id = r.grantee_id left join access_grant g on g.id = r.grant_id
    where r.list_id = ${listId} order by r.n`.execute(trx)
  return found.rows
}

/** Rows nothing has become of yet, as the forms they are asked for with. */
export async function listRowRequests(trx: Trx, list: FoundList): Promise<(RowRequest & { n: number })[]> {
  const rows = await trx
    .selectFrom('access_list_row')
    .select(['n', 'grantee_id', 'point_id', 'form', 'starts_on', 'ends_on', 'fault'])
    .where('list_id', '=', list.id)
    .where('outcome', 'is', null)
    .orderBy('n')
    .execute()
  return rows.map(({ n, fault, ...row }) => {
    const form: CaptureForm | '' = captureFormOf(row.form) ?? ''
    const own = { granteeId: row.grantee_id ?? '', pointId: row.point_id ?? '', form }
    const typed = typedOf(list, n, { ...own, startsOn: row.starts_on, endsOn: row.ends_on })
    return { n, fault: NEVER_ASKED.find((code) => code === fault) ?? null, typed }
  })
}

/** Faults that only a list has: the others are judged again when the row is asked for. */
const NEVER_ASKED = ['account_unknown', 'point_unknown', 'row_repeated'] as const satisfies RefusalCode[]

/** Whoever confirms it first; false where it was confirmed before. */
export async function claimAccessList(trx: Trx, id: string): Promise<boolean> {
  const claimed = await trx
    .updateTable('access_list')
    .set({ asked_at: sql<Date>`app_now()` })
    .where('id', '=', id)
    .where('asked_at', 'is', null)
    .executeTakeFirst()
  return claimed.numUpdatedRows === 1n
}

/** What became of a row; answers false where that stands already. */
export async function settleListRow(
  trx: Trx,
  listId: string,
  n: number,
  outcome: { grantId: string } | { code: string },
): Promise<boolean> {
  const set =
    'grantId' in outcome ? { outcome: 'asked', grant_id: outcome.grantId } : { outcome: 'refused', code: outcome.code }
  const settled = await trx
    .updateTable('access_list_row')
    .set(set)
    .where('list_id', '=', listId)
    .where('n', '=', n)
    .where('outcome', 'is', null)
    .executeTakeFirst()
  return settled.numUpdatedRows === 1n
}
