import type { MailWords } from './mail.ts'

/** To whoever acted, at their own asking: the code of the receipt, and nothing of what it is about. */
export function receiptMail(code: string): MailWords {
  return {
    subject: `Copia de su comprobante ${code}`,
    body: [
      `Su comprobante tiene el código ${code}. Guárdelo: con él se encuentra lo que quedó registrado.`,
      'Caracteriza envía este mensaje porque usted pidió una copia. Para ver el comprobante completo y qué sigue, abra este enlace:',
    ].join('\n\n'),
  }
}
