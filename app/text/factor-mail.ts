import type { MailWords } from './mail.ts'

/** To the person whose second factor the administration took away: whoever did not ask for it must hear of it. */
export function factorResetMail(): MailWords {
  return {
    subject: 'Se quitó el segundo factor de su cuenta',
    body: [
      'La Administración del sistema quitó el segundo factor de su cuenta y cerró sus sesiones. Para entrar escriba su contraseña, y active otro segundo factor en «Mi cuenta».',
      'Si usted no lo pidió, avise hoy a la Administración del sistema: alguien puede estar tratando de entrar con su contraseña.',
      'Caracteriza envía este mensaje automáticamente. Para abrir su cuenta, use este enlace:',
    ].join('\n\n'),
  }
}
