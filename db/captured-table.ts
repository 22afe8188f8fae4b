/**
 * Captured records as a table that a source of step 3 brings in (issue 5 part 3): one line a record, with a pseudonym
 * instead of the document, without anything that identifies by itself, and answers in words as the catalogue has them.
 */
import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { DECLINE } from '../catalog/capture/choices.ts'
import { captureDefinition } from '../catalog/capture/index.ts'
import { YES_NO } from '../catalog/value-words.ts'
import { type CaptureField, DECLINED } from '../domain/capture-forms.ts'
import { type Answers, listOf, type ScalarValue } from '../domain/forms.ts'
import type { CaptureForm } from '../domain/grants.ts'
import { unwrapKey } from './citizen-keys.ts'
import type { KeyRing } from './citizens.ts'
import { type Database, withEntity } from './client.ts'
import { entityKey } from './entity-key.ts'
import type { CapturedSet } from './fetches.ts'
import { unseal } from './sealed-texts.ts'

const BATCH = 1_000
/** Between several answers to one question. */
const AND = ' | '

interface SealedRecord {
  id: string
  citizenId: string
  rev: number
  point: string
  month: string
  mode: string
  wrapped: Buffer
  masterKeyId: string
  sealed: Buffer
  /** Purposes whose consent was withdrawn: what was asked under them is not used any more. */
  withdrawn: string[]
}

/** CSV in UTF-8 with commas, piece by piece; what was erased, and whose consent was withdrawn, is not in it. */
export async function* readCaptured(database: Database, ring: KeyRing, set: CapturedSet): AsyncGenerator<Buffer> {
  const fields = analysed(set.form)
  const header = ['seudonimo', 'punto_atencion', 'mes', 'modo', ...fields.map(({ field }) => field.code)]
  yield lineOf(header)
  for (let after = ''; ; ) {
    const batch = await withEntity(database, ring.entityId, (trx) => listSealed(trx, ring.entityId, { ...set, after }))
    for (const record of batch) yield lineOf(cellsOf(record, ring, fields))
    if (batch.length < BATCH) return
    after = batch.at(-1)?.id ?? ''
  }
}

type Listed = Parameters<Parameters<typeof withEntity>[2]>[0]

async function listSealed(trx: Listed, entityId: string, { form, vigencia, after }: CapturedSet & { after: string }) {
  const found = await sql<SealedRecord>`
    select r.id, r.citizen_id as "citizenId", r.rev, s.name as point, to_char(r.captured_at at time zone 'America/Bogota',
      'YYYY-MM') as month, r.mode, c.wrapped_key as wrapped, c.master_key_id as "masterKeyId", v.sealed,
      array(select x.purpose from consent x where x.record_id = r.id and x.withdrawn_at is not null) as withdrawn
    from capture_record r join service_point s on s.id = r.point_id
    join citizen c on c.id = r.citizen_id and c.key_state = 'active'
    join capture_version v on v.record_id = r.id and v.rev = r.rev
    where r.entity_id = ${entityId} and r.form = ${form} and r.vigencia = ${vigencia}
      and not exists (select from consent x where x.record_id = r.id and x.purpose = 'caracterizacion'
        and x.withdrawn_at is not null)
      ${after ? sql`and r.id > ${after}` : sql``}
    order by r.id limit ${BATCH}`.execute(trx)
  return found.rows
}

interface Analysed {
  page: string
  /** Asked only under this purpose. */
  needs: string | undefined
  field: CaptureField
}

function analysed(form: CaptureForm): Analysed[] {
  const { groups } = captureDefinition(form)
  return groups.flatMap((page) =>
    page.fields
      .filter((field) => !field.identifies && !field.forced)
      .map((field) => ({ page: page.code, needs: page.needs, field })),
  )
}

function cellsOf(record: SealedRecord, ring: KeyRing, fields: Analysed[]): string[] {
  const { secret, entityId } = ring
  const key = unwrapKey(secret, entityId, record.citizenId, record)
  const answers = unseal<Answers>(key, ['capture_version', 'sealed', record.id, record.rev], record.sealed)
  const said = fields.map(({ page, needs, field }) =>
    needs && record.withdrawn.includes(needs)
      ? ''
      : wordsOf(field, answers[page]?.[field.code] as ScalarValue | undefined),
  )
  return [capturedPseudonym(ring, record.citizenId), record.point, record.month, record.mode, ...said]
}

/** The same person at every point and in every vigencia of this entity, 32 digits; nobody without the secret can tell who. */
export function capturedPseudonym({ secret, entityId }: KeyRing, citizenId: string): string {
  return createHmac('sha256', entityKey(secret, entityId)).update(`captured:${citizenId}`).digest('hex').slice(0, 32)
}

function wordsOf(field: CaptureField, value: ScalarValue | undefined): string {
  const choices = 'choices' in field ? field.choices : field.kind === 'yesno' ? YES_NO : []
  return listOf(value)
    .map((one) => (one === DECLINED ? DECLINE.label : (choices.find(({ code }) => code === one)?.label ?? one)))
    .join(AND)
}

const lineOf = (cells: string[]) => Buffer.from(`${cells.map(quoted).join(',')}\n`)

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
