/** A finding of the demonstration about its risk (circular 4173.010.22.2.1020.000150), its causes and an action of its plan. */
import type { CauseAnalysisInput, FindingInput, PlanActionInput } from '../../domain/improvement-inputs.ts'
import type { IndicatorInput, RiskEventInput } from '../../domain/risk-follow-inputs.ts'

export const DEMO_FINDING = {
  origin: 'audit',
  source: 'Informe de auditoría interna 04 de 2026',
  radicado: '',
  foundOn: '2026-03-02',
  criterion: 'Circular 4173.010.22.2.1020.000150: los accesos se retiran cuando termina la vinculación.',
  condition: 'Dos accesos al formulario DUB siguieron activos después del traslado de sus titulares.',
  cause: 'La novedad de traslado no llegó a quien administra los accesos.',
  effect: 'Personas sin delegación pudieron consultar datos de la ciudadanía.',
} as const satisfies Partial<FindingInput>

export const DEMO_CAUSES = {
  method: 'five_whys',
  steps: [
    'Los accesos no se retiraron porque nadie avisó del traslado.',
    'Nadie avisó porque la novedad se registra en otro sistema.',
    'Ese sistema no avisa a quien administra los accesos.',
  ],
  root: 'Las novedades de personal no llegan a quien administra los accesos.',
} satisfies Partial<CauseAnalysisInput>

export const DEMO_PLAN = {
  what: 'Enviar cada semana a la Dirección TIC las novedades de personal de los organismos con punto de atención.',
  indicator: 'Semanas con el reporte recibido, de las semanas del trimestre.',
} satisfies Partial<PlanActionInput>

/** Hoja de vida (ME-SIG-F-006) of an indicator of that risk. */
export const DEMO_INDICATOR = {
  name: 'Accesos activos sin delegación vigente',
  objective: 'Saber si los accesos al formulario DUB se retiran cuando termina la delegación.',
  unit: 'percent',
  formula: 'Accesos sin delegación vigente / accesos revisados × 100',
  numerator: 'Accesos activos cuya delegación terminó',
  denominator: 'Accesos activos revisados en el mes',
  frequency: 'mensual',
  source: 'Campañas de revisión de accesos',
  location: 'Caracteriza, Accesos, Campañas',
  availability: 'digital',
  trend: 'decreasing',
  goal: 2,
  critical: 10,
} as const satisfies Partial<IndicatorInput>

/** Numerator and denominator of each month, the oldest first. */
export const DEMO_READINGS = [
  [1, 62],
  [3, 64],
  [1, 66],
] as const

export const DEMO_EVENT = {
  description: 'Dos personas trasladadas consultaron el formulario DUB después de terminar su delegación.',
  consequences: 'Vieron datos de contacto de 14 ciudadanos; no hay señal de que los hayan copiado.',
  measures: 'Se retiraron los dos accesos el mismo día y se avisó a los organismos.',
} satisfies Partial<RiskEventInput>
