import type { MailWords } from './mail.ts'

/** To whoever prepared or signed a correction that is taken back: that it is, and nothing of what was written. */
export function withdrawnCorrectionMail(): MailWords {
  return {
    subject: 'Se retiró una corrección que usted preparó o firmó',
    body: [
      'Una corrección de datos abiertos que estaba firmada y esperaba su hora se retiró antes de publicarse. La versión publicada sigue igual.',
      'Caracteriza envía este mensaje automáticamente. Para ver quién la retiró y por qué, abra este enlace:',
    ].join('\n\n'),
  }
}
