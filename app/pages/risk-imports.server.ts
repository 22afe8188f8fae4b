import { data, redirect } from '@remix-run/node'
import { type Trx, withActor } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { type ImportedRisk, listImportedRisks } from '../../db/imported-risks.ts'
import { listOffered } from '../../db/methodologies.ts'
import { findRiskImport, judgeRiskImport, listRiskImports, type RiskImport } from '../../db/risk-imports.ts'
import type { CellFault } from '../../domain/risk-map-faults.ts'
import { freshOf } from '../../domain/risk-map-import.ts'
import { cellIn } from '../../domain/risk-map-line.ts'
import { type MapColumn, TREATMENT_COLUMNS } from '../../domain/risk-map-sheet.ts'
import type { PlannedTreatment } from '../../domain/risk-map-treatment.ts'
import { methodologyKeyText } from '../../domain/risk-methodology.ts'
import { type Place, zoneOf } from '../../domain/risks.ts'
import { invalid, notFound } from '../answer.server.ts'
import { acceptRiskMap, receiveRiskMap } from '../commands/import-risk-map.server.ts'
import type { AppContext } from '../context.server.ts'
import { shownRefusal } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { inputErrors } from '../text/inputs.ts'
import { methodologyTitle } from '../text/methodologies.ts'
import { cellSentence, mapFaultSentence, riskImportText as words } from '../text/risk-imports.ts'
import { treatmentText } from '../text/risk-treatment.ts'
import { ownersFor } from './risk-actions.server.ts'
import { riskObjection } from './risks.server.ts'

export async function loadImports(context: AppContext, actor: Actor, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => ({
    ...{ whyNot: riskObjection(actor), formKey: newId(), owners: await ownersFor(trx, actor) },
    methodologies: (await listOffered(trx, actor.entityId)).map(({ key, methodology }) => ({
      ...{ code: methodologyKeyText(key), name: methodologyTitle(methodology, key) },
    })),
    sent: await listRiskImports(trx, actor.entityId, { cursor: search.get('desde') }),
  }))
}

/** Wrong input and an unreadable file are 422 beside their field; the file alone has to be chosen again. */
export async function actOnNewImport(context: AppContext, actor: Actor, request: Request) {
  try {
    const received = await receiveRiskMap(context, actor, request)
    if (received.ok) return redirect(`/riesgos/importar/${received.importId}`)
    const file = received.file ? [{ field: 'mapa-archivo', message: mapFaultSentence(received.file) }] : []
    return invalid([...file, ...inputErrors(received.errors, (path) => `mapa-${path}`)], received.typed)
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    return data({ errors: [{ field: 'mapa-archivo', message: sentence }], values: {} }, { status })
  }
}

/** Lines of a page: cells to correct, or risks. */
const PAGE = 50

/** The part of a list that an address asks for by the number of its first line. */
function pageFrom<R>(rows: readonly R[], from: string | null): { rows: R[]; next: string | null } {
  const start = /^\d{1,5}$/.test(from ?? '') ? Number(from) : 0
  return { rows: rows.slice(start, start + PAGE), next: start + PAGE < rows.length ? String(start + PAGE) : null }
}

/** Every cell to correct, and what each risk becomes; once accepted, what each became. */
export async function loadImport(context: AppContext, actor: Actor, id: string, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const found = await findRiskImport(trx, actor.entityId, id)
    if (!found) throw notFound(context.requestId)
    const { fileName, sheet, receivedAt, position, acceptedAt, acceptedPosition } = found
    const { faults, notes, risks, ...counts } = acceptedAt
      ? await registered(trx, actor.entityId, found)
      : await judged(trx, actor.entityId, found)
    return {
      ...{ id, fileName, sheet: sheet.name, rows: sheet.rows.length, position, acceptedPosition, ...counts },
      ...{ receivedAt: receivedAt.toISOString(), acceptedAt: acceptedAt?.toISOString() ?? null },
      ...{ faults: pageFrom(faults, search.get('desde')), faultCount: faults.length },
      notes: pageFrom(notes, search.get('notas')),
      ...{ risks: pageFrom(risks, search.get('riesgos')), riskCount: risks.length },
      whyNot: riskObjection(actor),
    }
  })
}

interface ShownImport {
  faults: ShownCell[]
  notes: ShownCell[]
  risks: ShownRisk[]
  /** What accepting it registers. */
  freshCount: number
  controlCount: number
}

interface ShownCell {
  cell: string
  read: string
  why: string
}

type Zone = { code: string; name: string }

interface ShownRisk {
  line: number
  /** As the file names it. */
  code: string
  description: string
  controls: number
  inherent: Zone
  declared: Zone
  /** What is registered of its treatment and plan; empty of what is registered already. */
  done: string
  /** The same as the map has it, letter by letter. */
  written: string
  registeredAs: string | null
  standsAs: string | null
}

/** A map that waits, by what stands now. */
async function judged(trx: Trx, entityId: string, found: RiskImport): Promise<ShownImport> {
  const { risks, faults, notes } = await judgeRiskImport(trx, entityId, found)
  const { fresh, controls } = freshOf(risks)
  const cellsOn = cellsOf(found)
  return {
    ...{ faults: faults.map(shownCell), notes: notes.map(shownCell) },
    risks: risks.map(({ line, code, input, controls: own, standsAs, treatment, plan, ...rated }) => ({
      ...{ line, code, description: input.answers.description, controls: own.length, ...zonesOf(rated) },
      ...{ done: doneWords(treatment, plan.length), written: cellsOn(line, TREATMENT_COLUMNS) },
      ...{ registeredAs: null, standsAs },
    })),
    ...{ freshCount: fresh.length, controlCount: controls },
  }
}

function shownCell({ cell, read, reason }: CellFault): ShownCell {
  return { cell, read, why: cellSentence(reason) }
}

/** A map that was accepted, as it was registered: nothing of it is judged again. */
async function registered(trx: Trx, entityId: string, found: RiskImport): Promise<ShownImport> {
  const risks = await listImportedRisks(trx, { entityId, importId: found.id })
  const cellsOn = cellsOf(found)
  return {
    ...{ faults: [], notes: [] },
    risks: risks.map(({ line, code, description, controls, ...rated }) => ({
      ...{ line, code: cellsOn(line, ['code']), description, controls, ...zonesOf(rated) },
      ...{ done: '', written: cellsOn(line, TREATMENT_COLUMNS) },
      ...{ registeredAs: code, standsAs: null },
    })),
    ...{ freshCount: 0, controlCount: 0 },
  }
}

/** What a line of the map has in some columns, letter by letter. */
function cellsOf({ sheet }: RiskImport) {
  const rows = new Map(sheet.rows.map((row) => [row.line, row]))
  return (line: number, columns: readonly MapColumn[]): string => {
    const row = rows.get(line)
    const cells = row ? columns.map((column) => cellIn(sheet, row, column)) : []
    return cells.filter((cell) => cell !== '').join(' · ')
  }
}

function doneWords({ decided, asked }: PlannedTreatment, activities: number): string {
  const treatment = treatmentText.inForce(decided?.option ?? null, asked !== null)
  return [treatment, activities > 0 ? words.activities(activities) : ''].filter((one) => one !== '').join(' · ')
}

function zonesOf({ methodology, inherent, declared }: Pick<ImportedRisk, 'methodology' | 'inherent' | 'declared'>) {
  const zone = ({ zone: code }: Place): Zone => ({ code, name: zoneOf(methodology, code).name })
  return { inherent: zone(inherent), declared: zone(declared) }
}

/** Registers all of it; a refusal is shown on the page of the map. */
export async function actOnImport(context: AppContext, actor: Actor, id: string) {
  try {
    await acceptRiskMap(context, actor, id)
    return redirect(`/riesgos/importar/${id}`)
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    return data({ refused: sentence }, { status })
  }
}
