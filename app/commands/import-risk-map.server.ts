import { createHash } from 'node:crypto'
import { idOf } from '../../db/ids.ts'
import { readReceivedTables } from '../../db/ingest/workbook/received-tables.ts'
import { confirmRiskImport, insertRiskImport } from '../../db/risk-imports.ts'
import { requireStanding } from '../../db/risks.ts'
import { type InputError, readInput } from '../../domain/input-reading.ts'
import { riskRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import { type MapFault, riskImportInput } from '../../domain/risk-import-inputs.ts'
import { findMap, MAP_LIMITS, MAX_MAP_BYTES } from '../../domain/risk-map-sheet.ts'
import { typedOf } from '../administration.server.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals, recordRefusalOf } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { readSentForm, type SentFile } from '../uploads.server.ts'
import { permitted } from './permitted.server.ts'

type Received =
  | { ok: true; importId: string }
  | { ok: false; typed: Record<string, string>; errors: InputError[]; file: MapFault | null }

/**
 * Receives a risk map as XLSX: it is read whole and kept as it was typed, and nothing of it stands until it is accepted. The
 * file itself is not kept; the same form again is the same import.
 */
export async function receiveRiskMap(context: AppContext, actor: Actor, request: Request): Promise<Received> {
  const about = { objectId: actor.entityId }
  // Nobody without the right gets to send a byte.
  await recordingRefusals(context, actor, about, async () => refuseWithoutRight(actor))
  const { form, file } = await readSentForm(request, MAX_MAP_BYTES)
  const typed = typedOf(form)
  const read = readInput(riskImportInput, typed)
  const map = typeof file === 'string' ? { ok: false as const, fault: file } : await readMap(context, file)
  if (!read.ok || !map.ok || typeof file === 'string') {
    const errors = read.ok ? [] : read.errors
    const fault = map.ok ? null : map.fault
    const faults = [...errors, ...(fault ? [{ path: 'archivo', code: codeOf(fault) }] : [])]
    await recordRefusalOf(context, actor, { ...about, faults }, new Refused('import_unread'))
    return { ok: false, typed, errors, file: fault }
  }
  const { formKey, ownerId, methodology } = read.input
  const id = idOf('risk import', actor.entityId, actor.personId, formKey)
  const sha256 = createHash('sha256').update(file.content).digest('hex')
  await recordingRefusals(context, actor, about, async (trx, by) => {
    refuseWithoutRight(actor)
    await requireStanding(trx, actor.entityId, ownerId)
    await insertRiskImport(trx, by, { id, fileName: file.name, sha256, sheet: map.sheet, ownerId, methodology })
  })
  return { ok: true, importId: id }
}

/** Registers all that a map holds, or nothing of it. */
export async function acceptRiskMap(context: AppContext, actor: Actor, importId: string): Promise<void> {
  await recordingRefusals(context, actor, { objectId: importId }, async (trx, by) => {
    refuseWithoutRight(actor)
    await confirmRiskImport(trx, by, importId)
  })
}

function refuseWithoutRight(actor: Actor): void {
  refuseIf(whyNot(permitted(actor), 'keep', 'Risk', riskRow(actor.entityId)))
}

async function readMap({ config }: AppContext, { content }: SentFile) {
  const tables = await readReceivedTables(content, config.DATA_DIR, MAP_LIMITS)
  return tables.ok ? findMap(tables.sheets) : { ok: false as const, fault: tables.refusal }
}

const codeOf = (fault: MapFault): string => (typeof fault === 'string' ? fault : fault.code)
