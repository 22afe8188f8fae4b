import { MaxFileSizeExceededError, MultipartParseError, parseFormData } from '@remix-run/form-data-parser'
import type { AppLoadContext } from '@remix-run/node'
import { parseAttendance } from '../../domain/coverage.ts'
import type { FieldError } from '../answer.server.ts'
import { recordAttendance } from '../commands/record-attendance.server.ts'
import type { Actor } from '../session.server.ts'
import { coverageText } from '../text/coverage.ts'
import { loadCoverage } from './coverage.server.ts'

const MAX_BYTES = 1024 * 1024

export interface CoverageAnswer {
  errors: FieldError[]
  saved?: 'recorded' | 'same'
  /** What was typed, when it comes back. */
  typed?: string
}

/** Records the counts of attention, typed or in a file; a file wins. What was typed comes back when it is wrong. */
export async function keepAttendance(
  context: AppLoadContext,
  actor: Actor,
  request: Request,
  cycleId: string,
): Promise<CoverageAnswer> {
  const form = await formOf(request)
  if (!form) return { errors: [{ field: 'archivo', message: coverageText.fileTooBig }] }
  const read = (field: string) => String(form.get(field) ?? '')
  const [sourceId, pointVariable, periodVariable] = [read('fuente'), read('punto'), read('periodo')]
  const typed = read('archivo').trim() === '' ? read('cifras') : read('archivo')
  const page = await loadCoverage(context, actor, cycleId, sourceId)
  const has = (list: { code: string }[], code: string) => list.some((one) => one.code === code)
  if (
    !page.source ||
    pointVariable === periodVariable ||
    !has(page.points, pointVariable) ||
    !has(page.periods, periodVariable)
  )
    return { errors: [{ field: 'punto', message: coverageText.variablesMissing }], typed }
  const parsed = parseAttendance(typed)
  if (!parsed.ok)
    return { errors: [{ field: 'cifras', message: coverageText.fault(parsed.fault, parsed.line) }], typed }
  const counts = { cycleId, sourceId: page.source.id, pointVariable, periodVariable, lines: parsed.lines }
  return { errors: [], saved: await recordAttendance(context, actor, counts) }
}

/** The form with the text of its file; null where it is larger than a list of points can be. */
async function formOf(request: Request): Promise<FormData | null> {
  try {
    return await parseFormData(request, { maxFiles: 1, maxFileSize: MAX_BYTES, maxParts: 10 }, async (file) =>
      decoded(new Uint8Array(await file.arrayBuffer())),
    )
  } catch (failure) {
    if (failure instanceof MaxFileSizeExceededError) return null
    if (failure instanceof MultipartParseError || failure instanceof TypeError) return new FormData()
    throw failure
  }
}

/** UTF-8, or else what Windows writes. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
