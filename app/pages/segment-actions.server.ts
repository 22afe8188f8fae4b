import type { AppLoadContext } from '@remix-run/node'
import { parseRule, writeRule } from '../../domain/rule-notation.ts'
import { variablesIn } from '../../domain/rules.ts'
import { isSegmentName } from '../../domain/segments.ts'
import type { FieldError } from '../answer.server.ts'
import { changeSegment } from '../commands/change-segment.server.ts'
import { saveSegment } from '../commands/save-to-analysis.server.ts'
import { requireId } from '../params.server.ts'
import type { Actor } from '../session.server.ts'
import { segmentsText } from '../text/segments.ts'

export interface SegmentAnswer {
  errors: FieldError[]
  saved?: keyof typeof segmentsText.saved
  /** What was typed, when it comes back. */
  name?: string
  /** Field of the name: one form a suggestion, one for the builder. */
  at?: string
}

/** Keeps a rule as a segment of step 4: a new one, a suggestion accepted, or the change of one that stands there. */
export async function keepSegment(
  context: AppLoadContext,
  actor: Actor,
  request: Request,
  cycleId: string,
): Promise<SegmentAnswer> {
  const form = await request.formData()
  const typed = (field: string) => String(form.get(field) ?? '').trim()
  const [name, at] = [typed('nombre'), `nombre${typed('sugerencia')}`]
  const wrong = (message: string): SegmentAnswer => ({ errors: [{ field: at, message }], name, at })
  const read = parseRule(typed('regla'))
  if (!read.ok || variablesIn(read.rule).length === 0) return wrong(segmentsText.ruleMissing)
  if (!isSegmentName(name)) return wrong(segmentsText.nameMissing)
  const kept = { cycleId, name, rule: writeRule(read.rule) }
  const segmentId = typed('segmento')
  const outcome = segmentId
    ? await changeSegment(context, actor, { ...kept, segmentId })
    : await saveSegment(context, actor, {
        ...{ ...kept, rowId: requireId(typed('fila'), context), sector: typed('sector') },
      })
  return typeof outcome === 'string' ? { errors: [], saved: outcome } : wrong(outcome.problem)
}
