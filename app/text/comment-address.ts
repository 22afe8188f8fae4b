import { REPORT_SECTIONS } from '../../catalog/forms/step-6.ts'

interface CommentRef {
  cycleId: string
  stepCode: string
  commentId: string
  /** What its conversation is about, `group` or `group.field`; null for the step as a whole. */
  anchor: string | null
}

/** Where a comment is read: on the page of its section of the report, or on the page of its step. */
export function commentAddress({ cycleId, stepCode, commentId, anchor }: CommentRef): string {
  const section = stepCode === '6' && REPORT_SECTIONS.find(({ code }) => code === anchor?.split('.')[0])
  const page = section ? `informe/secciones/${section.code}` : `pasos/${stepCode}`
  return `/ejercicios/${cycleId}/${page}#${commentId}`
}
