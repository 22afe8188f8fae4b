/** Every act of a cycle as people send it from the pages. */
import { completeAnswers, type DemoReferences } from '../../catalog/demo/answers.ts'
import { formDefinition } from '../../catalog/forms/index.ts'
import { entriesOf } from '../../domain/forms.ts'
import type { StepCode } from '../../domain/procedures.ts'
import type { Answer, Visitor } from './http.ts'

/** What a stored act leads to: its own page, which says whether it is done or "En trámite". */
export interface ActAddress {
  cycleId: string
  actId: string
}

/** The act an answer acknowledges, null when it is no receipt. */
export function receiptOf(answer: Answer): ActAddress | null {
  const [, cycleId, actId] = /^\/ejercicios\/([0-9a-f-]{36})\/actos\/([0-9a-f-]{36})$/.exec(answer.location ?? '') ?? []
  return answer.status === 302 && cycleId && actId ? { cycleId, actId } : null
}

export const stepPath = (cycleId: string, code: StepCode) => `/ejercicios/${cycleId}/pasos/${code}`

export function startCycle(visitor: Visitor, radicado: string): Promise<Answer> {
  const typed = { nombre: `Ejercicio ${radicado}`, vigencia: '2026', radicado, trd: '100.10' }
  return visitor.fillIn('/ejercicios/nuevo', 'radicado', typed)
}

interface Written {
  /** Makes the content of step 1 another one. */
  note?: string
  /** What the answers point at: the attached source. */
  references?: Partial<DemoReferences>
}

/** Saves the draft of a step with complete answers. */
export async function saveStep(
  visitor: Visitor,
  cycleId: string,
  code: StepCode,
  { note = '', references = {} }: Written = {},
): Promise<Answer> {
  const path = stepPath(cycleId, code)
  const { entries } = await visitor.prepare(path, 'rev', {})
  const rev = entries.find(([name]) => name === 'rev')?.[1] ?? ''
  const answers = completeAnswers(code, references)
  if (code === '1')
    answers.objetivos = { ...answers.objetivos, general: `${answers.objetivos?.general} ${note}`.trim() }
  return await visitor.post(path, [...entriesOf(formDefinition(code), answers), ['rev', rev], ['intent', 'continuar']])
}

export function submitStep(visitor: Visitor, cycleId: string, code: StepCode): Promise<Answer> {
  return visitor.fillIn(`${stepPath(cycleId, code)}/revise`, 'rev', {})
}

/** The report's typed figures were read. */
const TYPED_READ: Partial<Record<StepCode, Record<string, string>>> = { '6': { digitadas: 'si' } }

export function decide(
  visitor: Visitor,
  cycleId: string,
  code: StepCode,
  verdict: 'approve' | 'return',
): Promise<Answer> {
  const section = formDefinition(code).groups[0]?.code ?? ''
  const observed = verdict === 'return' ? { [`observacion.${section}`]: 'Precise este apartado.' } : TYPED_READ[code]
  return visitor.fillIn(`${stepPath(cycleId, code)}/revision`, 'huella', { verdict, ...observed })
}

export function askReopen(visitor: Visitor, cycleId: string, code: StepCode): Promise<Answer> {
  const filled = { motivo: 'Falta un dato del alcance.', verdict: 'ask' }
  return visitor.fillIn(`${stepPath(cycleId, code)}/reabrir`, 'motivo', filled)
}

export function answerReopen(
  visitor: Visitor,
  cycleId: string,
  code: StepCode,
  verdict: 'reopen' | 'decline_reopen',
): Promise<Answer> {
  const filled = { motivo: 'Se atiende la solicitud.', verdict }
  return visitor.fillIn(`${stepPath(cycleId, code)}/reabrir`, 'solicitud', filled)
}

export function withdraw(visitor: Visitor, cycleId: string, code: StepCode): Promise<Answer> {
  const filled = { motivo: 'Debo corregir una cifra.', verdict: 'withdraw' }
  return visitor.fillIn(`${stepPath(cycleId, code)}/retirar`, 'motivo', filled)
}

export function cancel(visitor: Visitor, cycleId: string): Promise<Answer> {
  const filled = { motivo: 'El ejercicio no continúa.', verdict: 'cancel' }
  return visitor.fillIn(`/ejercicios/${cycleId}/cancelar`, 'motivo', filled)
}
