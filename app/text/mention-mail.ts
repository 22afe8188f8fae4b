import type { MailWords } from './mail.ts'

/** To whoever a comment names: which step, and nothing of what was written. */
export function mentionMail(stepCode: string): MailWords {
  return {
    subject: `Lo mencionan en un comentario del paso ${stepCode}`,
    body: [
      `En un comentario del paso ${stepCode} mencionan el cargo que usted ocupa.`,
      'Caracteriza envía este mensaje automáticamente. Para leerlo y responder, abra este enlace:',
    ].join('\n\n'),
  }
}
