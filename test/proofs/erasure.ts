/**
 * G19: citizens erased at their request among many, through the record transactions of the product on a real PostgreSQL.
 * Afterwards nothing of theirs opens, nothing stands in the clear in any table, and nobody else has lost anything.
 */
import { sql } from 'kysely'
import { recordRightsVerdict } from '../../activities/record-rights-verdict.ts'
import { tendRights } from '../../activities/tend-rights.ts'
import { receiptCode } from '../../app/commands/conduct-act.server.ts'
import { storeAct } from '../../db/acts.ts'
import { findCaptureRecord, openAnswers } from '../../db/capture-records.ts'
import { lookupHash } from '../../db/citizen-keys.ts'
import { openKey } from '../../db/citizens.ts'
import { type Trx, withEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { idOf, newId } from '../../db/ids.ts'
import { findRights } from '../../db/rights.ts'
import { insertRights, insertRightsDetail, insertRightsText } from '../../db/rights-texts.ts'
import type { RightsVerdict } from '../../domain/rights.ts'
import { type Delegate, type Desk, openDesk } from '../support/capture.ts'
import { insertAccessInForce, insertCitizen } from '../support/citizens.ts'

export interface Erased {
  citizens: number
  erased: number
  tables: number
}

/** Every tenth of `citizens` asks to be erased and is. Throws with what was left readable, or lost. */
export async function proveErasure(citizens: number): Promise<Erased> {
  const desk = await openDesk()
  try {
    const numbers = Array.from({ length: citizens }, (_, i) => String(1_000_000_000 + i))
    const records = await capture(desk, numbers)
    const leaving = numbers.filter((_, i) => i % 10 === 0)
    const keeper = await desk.delegate('profesional_ogac')
    for (const number of leaving) await erase(desk, keeper, number)
    await withEntity(desk.owner, desk.entityId, (trx) => judge(trx, desk, { numbers, records, leaving }))
    return { citizens, erased: leaving.length, tables: await searchTables(desk) }
  } finally {
    await desk.close()
  }
}

async function capture(desk: Desk, numbers: string[]): Promise<string[]> {
  const clerk = await desk.delegate('atencion')
  const ring = { secret: desk.secret, entityId: desk.entityId }
  const grant = await withEntity(desk.owner, desk.entityId, (trx) => insertAccessInForce(trx, desk.entityId, clerk))
  const records: string[] = []
  for (let i = 0; i < numbers.length; i += 500)
    await withEntity(desk.owner, desk.entityId, async (trx) => {
      for (const number of numbers.slice(i, i + 500))
        records.push(await insertCitizen(trx, ring, { grant, by: clerk, number }))
    })
  return records
}

/** Filed, identified and attended as the workflow has it recorded, each step in its own transaction. */
async function erase(desk: Desk, keeper: Delegate, number: string): Promise<void> {
  const { entityId, secret } = desk
  const requestId = newId()
  const tools = {
    database: desk.worker,
    secret,
    dataDir: '',
    publicUrl: 'http://localhost:3000',
    mailFrom: 'x@localhost',
  }
  const document = { type: 'CC', number }
  const holder = { holderName: `Persona Inventada ${number}`, holderDocumentType: 'CC', holderDocument: number }
  const by = { requesterName: holder.holderName, requesterDocumentType: 'CC', requesterDocument: number }
  const content = { ...holder, ...by, email: '', phone: number, address: '', facts: `Borren los datos de ${number}.` }
  const filing = { formKey: requestId, entityId, aim: 'erasure', quality: 'holder', content } as const
  await withEntity(desk.owner, entityId, async (trx) => {
    const hash = lookupHash(secret, entityId, document)
    await insertRights(trx, { secret, entityId }, { id: requestId, filing, receivedBy: null, lookupHash: hash })
  })
  const now = () => appNow().toISOString()
  await tendRights(tools, { entityId, requestId, now: now() })
  for (const kind of ['identify', 'attend'] as const) {
    const verdict = await store(desk, keeper, requestId, kind)
    await recordRightsVerdict(tools, { entityId, verdict, now: now() })
  }
}

async function store(desk: Desk, keeper: Delegate, requestId: string, kind: RightsVerdict) {
  const { entityId, secret } = desk
  const { personId, positionId, duty } = keeper
  const id = idOf(requestId, kind)
  return await withEntity(desk.owner, entityId, async (trx) => {
    const contentHash = (await findRights(trx, requestId))?.state.contentHash ?? ''
    const who = { personId, positionId, duty, actingFor: null }
    await storeAct(trx, {
      ...{ id, entityId, cycleId: null, rightsId: requestId, stepCode: null, kind, objectType: 'rights_request' },
      ...{ objectId: requestId, signatureRole: null, ...who, k: 0, contentHash, bodyHash: 'x', proved: null },
      ...{ requestId: null, receiptCode: receiptCode(id), observations: [] },
    })
    const method = kind === 'identify' ? 'document_shown' : null
    const delivery = kind === 'attend' ? 'in_person' : null
    const detail = { actId: id, requestId, method, denial: null, delivery, purposes: [], corrections: [] }
    await insertRightsDetail(trx, { secret, entityId }, detail)
    await insertRightsText(trx, { secret, entityId }, { id, requestId, actId: id, kind, text: 'Persona Inventada.' })
    return { id, kind, requestId, ...who, contentHash }
  })
}

interface Captured {
  numbers: string[]
  records: string[]
  leaving: string[]
}

/** Who left opens no more, not even for an event that comes late; who stayed opens as before. */
async function judge(trx: Trx, desk: Desk, { numbers, records, leaving }: Captured): Promise<void> {
  const ring = { secret: desk.secret, entityId: desk.entityId }
  const left = new Set(leaving)
  for (const [i, id] of records.entries()) {
    const record = await findCaptureRecord(trx, desk.entityId, id)
    if (!record) throw new Error(`record ${id} is gone`)
    const answers = await openAnswers(trx, ring, record).catch((failure: { code?: string }) => failure.code)
    const isErased = answers === 'citizen_erased'
    if (isErased !== left.has(numbers[i] ?? ''))
      throw new Error(`record ${id} ${isErased ? 'was lost' : 'still opens'}`)
    if (!isErased) continue
    const late = await openKey(trx, ring, record.citizenId).then(
      () => 'opened',
      (failure: { code?: string }) => failure.code,
    )
    if (late !== 'citizen_erased') throw new Error(`citizen ${record.citizenId}: a late event ${late}`)
  }
  const tombs = await trx.selectFrom('citizen_tombstone').select('id').execute()
  if (tombs.length !== leaving.length) throw new Error(`${tombs.length} tombstones for ${leaving.length} erased`)
}

/** No row of any table holds a name or a number in the clear, as text or as bytes; answers how many tables there are. */
async function searchTables(desk: Desk): Promise<number> {
  const hex = Buffer.from('Persona Inventada').toString('hex')
  return await withEntity(desk.owner, desk.entityId, async (trx) => {
    const { rows: tables } = await sql<{ name: string }>`select relname as name from pg_class
      join pg_namespace n on n.oid = relnamespace where n.nspname = 'public' and relkind = 'r' order by 1`.execute(trx)
    for (const { name } of tables) {
      const found = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(name)} t
        where t::text ~ ${`Persona Inventada|${hex}|\\m1000[0-9]{6}\\M`}`.execute(trx)
      if (found.rows[0]?.n) throw new Error(`${name}: ${found.rows[0].n} rows in the clear`)
    }
    return tables.length
  })
}
