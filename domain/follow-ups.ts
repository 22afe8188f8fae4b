/** What a position, or whoever has a duty, has to do by a day and has no action of its own (features D10 to D12). */

export const FOLLOW_UPS = [
  ...(['cause_analysis', 'plan_actions', 'finding_closing'] as const),
  ...(['risk_review', 'risk_reassessment', 'indicator_reading', 'accept_risk', 'treat_risk'] as const),
  'override_lapsed',
] as const
export type FollowUpKind = (typeof FOLLOW_UPS)[number]

/** Of risks: what their page lists by its day. */
export const RISK_FOLLOW_UPS = [
  'risk_review',
  'risk_reassessment',
  'indicator_reading',
  'accept_risk',
  'treat_risk',
  'override_lapsed',
] as const satisfies FollowUpKind[]

/** Page on which it is done, by the code of what it is about. */
export function placeOf(kind: FollowUpKind, code: string): string {
  return {
    cause_analysis: `/mejora/hallazgos/${code}#causas`,
    plan_actions: `/mejora/hallazgos/${code}#acciones`,
    finding_closing: `/mejora/hallazgos/${code}#cierre`,
    risk_review: `/riesgos/${code}/seguimiento`,
    risk_reassessment: `/riesgos/${code}/valoracion`,
    indicator_reading: `/riesgos/indicadores/${code}`,
    accept_risk: `/riesgos/${code}/tratamiento#aceptacion`,
    treat_risk: `/riesgos/${code}/tratamiento#decidir`,
    override_lapsed: `/riesgos/${code}/residual`,
  }[kind]
}
