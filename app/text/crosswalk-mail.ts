import type { MailWords } from './mail.ts'

/** To whoever has to decide a proposed table of correspondence: that one waits, and nothing of what it says. */
export function crosswalkMail(): MailWords {
  return {
    subject: 'Una tabla de correspondencia espera su decisión',
    body: [
      'Se propuso una tabla que une las cifras de una variable entre vigencias. La decide una persona distinta de quien la propuso; también está en su bandeja.',
      'Caracteriza envía este mensaje automáticamente. Para leerla y decidirla, abra este enlace:',
    ].join('\n\n'),
  }
}
