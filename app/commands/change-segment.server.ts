import { rowsOf } from '../../domain/forms.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { editableStep } from '../step-rights.server.ts'
import { gapSentence } from '../text/gaps.ts'
import { saveDraft } from './save-draft.server.ts'

export interface SegmentChange {
  cycleId: string
  /** Row of step 4. */
  segmentId: string
  name: string
  /** As step 4 writes rules. */
  rule: string
}

/** `gone`: the draft no longer has that segment. `conflict`: somebody saved in the same moment; nothing was overwritten. */
export type SegmentChanged = 'changed' | 'same' | 'gone' | 'conflict'

/** Writes a segment of the draft of step 4 anew under the id it has: its earlier rule stays in the record (F2). */
export async function changeSegment(
  context: AppContext,
  actor: Actor,
  { cycleId, segmentId, name, rule }: SegmentChange,
): Promise<SegmentChanged | { problem: string }> {
  const { draft } = await editableStep(context, actor, cycleId, '4')
  const { answers } = draft
  const rows = rowsOf(answers, 'segmentos', 'lista')
  const before = rows.find((row) => row.id === segmentId)
  if (!before) return 'gone'
  if (before.regla === rule && before.nombre === name) return 'same'
  const lista = rows.map((row) => (row.id === segmentId ? { ...row, nombre: name, regla: rule } : row))
  const changed = { ...answers, segmentos: { ...answers.segmentos, lista } }
  const saved = await saveDraft(context, actor, { cycleId, stepCode: '4', rev: draft.rev, answers: changed })
  if ('errors' in saved) return { problem: saved.errors.map(gapSentence)[0] ?? '' }
  return saved.saved ? 'changed' : 'conflict'
}
