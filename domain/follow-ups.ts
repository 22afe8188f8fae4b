/** What a position, or whoever has a duty, has to do by a day and has no action of its own (features D10 to D12). */

export const FOLLOW_UPS = ['cause_analysis', 'finding_closing'] as const
export type FollowUpKind = (typeof FOLLOW_UPS)[number]

/** Page on which it is done, by the code of what it is about. */
export function placeOf(kind: FollowUpKind, code: string): string {
  return { cause_analysis: `/mejora/hallazgos/${code}#causas`, finding_closing: `/mejora/hallazgos/${code}#cierre` }[
    kind
  ]
}
