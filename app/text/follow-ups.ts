import type { FollowUpKind } from '../../domain/follow-ups.ts'
import { formatDay } from './format.ts'

/** What somebody has to do by a day, in the inbox and in mail. */
export const followUpText = {
  title: 'Hallazgos y riesgos que esperan por usted',
  until: (day: string) => `hasta el ${formatDay(day)}`,
  open: {
    cause_analysis: 'Analizar',
    plan_actions: 'Planear',
    finding_closing: 'Cerrar',
    risk_review: 'Revisar',
    risk_reassessment: 'Valorar',
    indicator_reading: 'Medir',
    accept_risk: 'Decidir',
    treat_risk: 'Ver el riesgo',
    override_lapsed: 'Ver el residual',
  } satisfies Record<FollowUpKind, string>,
  asked: {
    cause_analysis: (code) => `Analizar las causas del hallazgo ${code}`,
    plan_actions: (code) => `Planear las acciones del hallazgo ${code}`,
    finding_closing: (code) => `Cerrar el hallazgo ${code}: sus acciones tuvieron efecto`,
    risk_review: (code) => `Revisar el riesgo ${code}`,
    risk_reassessment: (code) => `Valorar de nuevo el riesgo ${code}`,
    indicator_reading: (code) => `Medir el indicador ${code}`,
    accept_risk: (code) => `Decidir si se acepta el riesgo ${code}`,
    treat_risk: (code) => `Decidir qué se hace con el riesgo ${code}`,
    override_lapsed: (code) =>
      `Mirar si el residual del riesgo ${code} se sobrescribe otra vez: lo que se había escrito venció por cambio`,
  } satisfies Record<FollowUpKind, (code: string) => string>,
}
