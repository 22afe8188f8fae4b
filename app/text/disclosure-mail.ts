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

/** To whoever prepares step 7: a signed release was held when it was to go out. */
export function heldReleaseMail(): MailWords {
  return {
    subject: 'Una publicación de datos abiertos quedó retenida',
    body: [
      'Una publicación que estaba firmada no salió al público y quedó retenida. Hay que prepararla de nuevo y volver a firmarla.',
      'Caracteriza envía este mensaje automáticamente. Para ver por qué se retuvo y prepararla de nuevo, abra este enlace:',
    ].join('\n\n'),
  }
}

/** To whoever elaborates step 6: its report was approved and not issued. */
export function unissuedReportMail(): MailWords {
  return {
    subject: 'Un informe aprobado no se emitió',
    body: [
      'El informe de un ejercicio está aprobado y no se emitió, porque sus cifras dejarían, o podrían dejar, ver a muy pocas personas. El ejercicio sigue abierto para corregirlo.',
      'Caracteriza envía este mensaje automáticamente. Para ver por qué y qué hacer, abra este enlace:',
    ].join('\n\n'),
  }
}
