import { formDefinition } from '../../catalog/forms/index.ts'
import { emptyRow, findField, type ListField, type Row, rowsOf } from '../../domain/forms.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { editableStep } from '../step-rights.server.ts'
import { gapSentence } from '../text/gaps.ts'
import { saveDraft } from './save-draft.server.ts'

/** `same`: the draft already has it. `conflict`: somebody saved in the same moment; nothing was overwritten. */
export type AddedToDraft = 'added' | 'same' | 'conflict'

/** What the form of step 4 does not take, with its sentence. */
export interface NotTaken {
  problem: string
}

interface Addition {
  cycleId: string
  /** Id of the new row, made with the form: the same form sent twice adds one row. */
  rowId: string
}

export interface FigureToSave extends Addition {
  variable: string
  cross: string | null
  layers: string | null
  /** Codes of step 4 for the chart and the base of its percentages; empty for the usual. */
  chart: string
  base: string
  /** SHA-256 of the map it is drawn on. */
  map: string | null
  /** Empty where the title says what it counts. */
  name: string
  /** As step 4 writes rules; empty for all records. */
  filter: string
}

export interface SegmentToSave extends Addition {
  name: string
  sector: string
  rule: string
}

/** Adds a figure to the draft of step 4 (MM-GAC-P-008, actividad 4). */
export async function saveFigure(
  context: AppContext,
  actor: Actor,
  figure: FigureToSave,
): Promise<AddedToDraft | NotTaken> {
  const cells = {
    tipo: figure.cross ? 'cruce' : 'conteo',
    variable: figure.variable,
    cruce: figure.cross ?? '',
    filtro: figure.filter,
    capas: figure.layers ?? '',
    ...{ nombre: figure.name, grafica: figure.chart, mapa: figure.map ?? '', base: figure.base },
  }
  // A figure that leaves the rest open is drawn in bars, without name and percentages.
  const usual: Partial<Row> = { capas: '', nombre: '', grafica: 'barras', mapa: '', base: '' }
  const same = (row: Row) =>
    Object.entries(cells).every(([code, value]) => (row[code] || usual[code] || '') === (value || usual[code] || ''))
  return await add(context, actor, 'figuras', figure, cells, same)
}

/** Adds a segment to the draft of step 4, with its needs and channels still to be written there. */
export async function saveSegment(
  context: AppContext,
  actor: Actor,
  segment: SegmentToSave,
): Promise<AddedToDraft | NotTaken> {
  const cells = { nombre: segment.name, sector: segment.sector, regla: segment.rule }
  return await add(context, actor, 'segmentos', segment, cells, (row) => row.regla === segment.rule)
}

/** The row joins whatever the draft holds now, so nobody's work is undone; the draft's own command does the saving. */
async function add(
  context: AppContext,
  actor: Actor,
  group: 'figuras' | 'segmentos',
  { cycleId, rowId }: Addition,
  cells: Record<string, string>,
  isSame: (row: Row) => boolean,
): Promise<AddedToDraft | NotTaken> {
  const { draft, definition } = await editableStep(context, actor, cycleId, '4')
  const rows = rowsOf(draft.answers, group, 'lista')
  if (rows.some((row) => row.id === rowId || isSame(row))) return 'same'
  const list = findField(formDefinition('4', definition.version), group, 'lista') as ListField
  const row: Row = { ...emptyRow(list, rowId), ...cells }
  const answers = { ...draft.answers, [group]: { ...draft.answers[group], lista: [...rows, row] } }
  const saved = await saveDraft(context, actor, { cycleId, stepCode: '4', rev: draft.rev, answers })
  if ('errors' in saved) return { problem: saved.errors.map(gapSentence)[0] ?? '' }
  return saved.saved ? 'added' : 'conflict'
}
