import { formGroups } from '../../catalog/forms/index.ts'
import { readInput } from '../../domain/input-reading.ts'
import { observationsFromEntries, VerdictInput } from '../../domain/inputs.ts'
import type { StepCode } from '../../domain/procedures.ts'
import type { FieldError } from '../answer.server.ts'
import { textEntries } from '../form-entries.server.ts'
import { decisionText } from '../text/decisions.ts'
import { inputErrors } from '../text/inputs.ts'

type ReadVerdict = { ok: true; input: VerdictInput } | { ok: false; errors: FieldError[] }

/** The verdict given on a step, read from its form, with the observations as typed by group. */
export function readVerdict(
  form: FormData,
  cycleId: string,
  stepCode: StepCode,
): ReadVerdict & { typed: Record<string, string> } {
  const observations = observationsFromEntries({ groups: formGroups(stepCode) }, textEntries(form))
  const typed = Object.fromEntries(observations.map((one) => [one.section, one.body]))
  const read = readInput(VerdictInput, {
    cycleId,
    stepCode,
    versionId: form.get('version'),
    contentHash: form.get('huella'),
    verdict: form.get('verdict'),
    role: form.get('rol'),
    observations,
    readTyped: form.get('digitadas') === 'si',
  })
  if (!read.ok) return { ok: false, errors: inputErrors(read.errors, (path) => fieldOf(path, stepCode)), typed }
  if (read.input.verdict === 'approve' && observations.length > 0) {
    const message = decisionText.observationsNotSent
    return { ok: false, errors: [{ field: fieldOf('observations', stepCode), message }], typed }
  }
  return { ...read, typed }
}

/** Input a fault belongs to; observations begin at the first group. */
function fieldOf(path: string, stepCode: StepCode): string {
  const groups = formGroups(stepCode)
  const [name, index] = path.split('.')
  return name === 'observations' ? `observacion.${groups[Number(index) || 0]?.code}` : 'decision'
}
