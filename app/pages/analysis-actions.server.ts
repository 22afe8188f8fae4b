import type { AppLoadContext } from '@remix-run/node'
import { writeRule } from '../../domain/rule-notation.ts'
import { isSegmentName } from '../../domain/segments.ts'
import type { FieldError } from '../answer.server.ts'
import { type AddedToDraft, saveFigure, saveSegment } from '../commands/save-to-analysis.server.ts'
import { queryFrom } from '../components/analysis/analysis-query.ts'
import { requireId } from '../params.server.ts'
import type { Actor } from '../session.server.ts'
import { analysisText } from '../text/analysis.ts'
import { rulesText } from '../text/rules.ts'
import { loadAnalysis } from './analysis.server.ts'

export interface Answer {
  errors: FieldError[]
  saved?: { what: 'figura' | 'segmento'; outcome: AddedToDraft }
  /** What was typed, when it comes back. */
  name?: string
}

/** Keeps what the address asks for as a figure or a segment of step 4. What was typed comes back when it is wrong. */
export async function addToStep4(
  context: AppLoadContext,
  actor: Actor,
  request: Request,
  cycleId: string,
): Promise<Answer> {
  const form = await request.formData()
  const { analysis } = await loadAnalysis(context, actor, cycleId, queryFrom(new URL(request.url).searchParams))
  if (!analysis?.asked) return { errors: [{ field: 'variable', message: analysisText.nothing }] }
  if (Object.keys(analysis.faults).length > 0) return { errors: [{ field: 'titulo', message: rulesText.faulty }] }
  const target = { cycleId, rowId: requireId(String(form.get('fila')), context) }
  const rule = analysis.rule ? writeRule(analysis.rule) : ''
  if (form.get('accion') === 'figura') {
    const title = String(form.get('titulo') ?? '').trim()
    if (title.length > 200) return { errors: [{ field: 'titulo', message: analysisText.figureNameLong }] }
    const outcome = await saveFigure(context, actor, { ...target, ...analysis.asked, name: title, filter: rule })
    return typeof outcome === 'string'
      ? { errors: [], saved: { what: 'figura', outcome } }
      : { errors: [{ field: 'titulo', message: outcome.problem }] }
  }
  const name = String(form.get('nombre') ?? '').trim()
  if (rule === '') return { errors: [{ field: 'nombre', message: analysisText.filterMissing }], name }
  if (!isSegmentName(name)) return { errors: [{ field: 'nombre', message: analysisText.nameMissing }], name }
  const sector = String(form.get('sector') ?? '')
  const outcome = await saveSegment(context, actor, { ...target, name, sector, rule })
  return typeof outcome === 'string'
    ? { errors: [], saved: { what: 'segmento', outcome } }
    : { errors: [{ field: 'nombre', message: outcome.problem }], name }
}
