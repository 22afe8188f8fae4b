import { withActor } from '../../db/client.ts'
import { findImport, listImports } from '../../db/imports.ts'
import { listRejectedRows, type RejectedRow } from '../../db/rejected-rows.ts'
import { findSource } from '../../db/sources.ts'
import { sourceRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import { REJECT_REASONS } from '../../domain/sources.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { AppContext } from '../context.server.ts'
import { textIn } from '../params.server.ts'
import { sealOwner } from '../received-files.server.ts'
import type { Actor } from '../session.server.ts'
import { sourcesFrame } from './source.server.ts'

const ON_A_PAGE = 100

interface Place {
  cycleId: string
  sourceId: string
  importId: string
}

/**
 * The rejected records of an import for whoever may analyse the source, under the filters of the address (experience 47);
 * of very many only the first are read (`isCut`), and filtered.
 * No cell is shown, so looking at it is no consultation of personal data; what is downloaded is on record.
 */
export async function loadRejectedRows(
  context: AppContext,
  actor: Actor,
  { cycleId, sourceId, importId }: Place,
  search: URLSearchParams,
) {
  const { row, later, ...page } = await withActor(context.db, actor, async (trx) => {
    const frame = await sourcesFrame(trx, actor, cycleId)
    const source = await findSource(trx, cycleId, sourceId)
    const row = source && (await findImport(trx, importId))
    if (!source || !row?.rejectsSha256 || row.sourceId !== sourceId) throw new Refused('not_visible')
    refuseIf(
      whyNot(permitted(actor), 'analyse', 'Source', sourceRow(frame.cycle.entityId, frame.cycle.version.procedure)),
    )
    const later = (await listImports(trx, sourceId)).find(
      (one) => one.baseImportId === importId && one.status === 'done',
    )
    const mayCorrect = frame.whyNot === null && !later
    const shown = { cycleId, cycleName: frame.cycleName, source: { id: source.id, name: source.name } }
    return { ...shown, mayCorrect, row, later }
  })
  const { rows: all, isCut } = await listRejectedRows(sealOwner(context, actor), row, later)
  const asked = all.filter((one) => isAsked(one, search))
  const from = /^\d{1,9}$/.test(search.get('desde') ?? '') ? Number(search.get('desde')) : 0
  const rest = asked.filter(({ line }) => line > from)
  const rows = rest.slice(0, ON_A_PAGE)
  return {
    ...{ ...page, importId, rows, asked: asked.length, read: all.length, isCut },
    total: isCut ? (row.rejects ?? all.length) : all.length,
    next: rest.length > rows.length ? String(rows.at(-1)?.line ?? '') : null,
    columns: [...new Set(all.flatMap(({ columns }) => columns))].sort((a, b) => a.localeCompare(b, 'es')),
    reasons: REJECT_REASONS.filter((reason) => all.some(({ reasons }) => reasons.includes(reason))),
  }
}

function isAsked({ line, columns, reasons, isCorrected }: RejectedRow, search: URLSearchParams): boolean {
  const [typed, column, reason, state] = ['linea', 'columna', 'motivo', 'estado'].map((name) => textIn(search, name))
  if (typed && String(line) !== typed) return false
  if (column && !columns.includes(column)) return false
  if (reason && !reasons.some((one) => one === reason)) return false
  return !state || (state === 'corregida') === isCorrected
}
