import type { Device } from '../../domain/devices.ts'
import { formatInstant } from './format.ts'

const device = ({ browser, system }: Device): string =>
  browser && system ? `${browser} en ${system}` : (browser ?? system ?? 'Navegador que no se identificó')

/** «Mi cuenta»: sessions, password and second factor of the person themselves. */
export const ownAccountText = {
  title: 'Mi cuenta',
  state: (email: string, sessions: number) =>
    `Entra con ${email}. ${sessions === 1 ? 'Hoy tiene una sesión abierta, que es esta.' : `Hoy tiene ${sessions} sesiones abiertas.`}`,
  sessions: 'Sesiones abiertas',
  sessionsHelp:
    'Desde dónde se abrió cada una no se sabe. Si no reconoce una, ciérrela y cambie la contraseña. Una sesión termina sola a los treinta minutos sin uso.',
  device,
  times: ({ startedAt, seenAt }: { startedAt: Date | string; seenAt: Date | string }) =>
    `Abierta el ${formatInstant(startedAt)} · último uso el ${formatInstant(seenAt)}`,
  isThis: 'Esta sesión',
  end: 'Cerrar',
  endOf: (named: string) => `Cerrar la sesión de ${named}`,
  endAll: 'Cerrar todas las demás',
  factor: 'Segundo factor',
  factorOn: 'Está activo: además de la contraseña se le pide un código de su teléfono.',
  factorOff: 'No está activo: a su cuenta se entra sin código.',
  factorWrong:
    'El código no corresponde. Revise la hora del teléfono, espere a que cambie el código y escriba el nuevo.',
  factorRequired: 'Su entidad lo exige para firmar y para administrar.',
  toFactor: { on: 'Ver el segundo factor', off: 'Activar el segundo factor' },
  password: 'Cambiar la contraseña',
  passwordHelp: 'Se cierran las demás sesiones de su cuenta.',
  current: 'Contraseña actual',
  new: 'Contraseña nueva',
  repeat: 'Escriba de nuevo la contraseña nueva',
  change: 'Cambiar la contraseña',
  noPassword:
    'Entra con el directorio de la entidad y aquí no tiene contraseña. Si la necesita, pida a la Administración del sistema un enlace para crearla.',
  done: {
    directorio:
      'Su identidad quedó confirmada en el directorio: durante cinco minutos puede firmar. Vuelva a la pestaña en la que firmaba y envíe de nuevo.',
    'directorio-codigo':
      'Su identidad quedó confirmada en el directorio. Vuelva a la pestaña en la que firmaba, escriba el código de su segundo factor y envíe de nuevo.',
    sesion: 'La sesión quedó cerrada.',
    sesiones: 'Las demás sesiones quedaron cerradas.',
    clave: 'La contraseña cambió y las demás sesiones quedaron cerradas.',
  } as Record<string, string>,
}

export const factorText = {
  title: 'Segundo factor',
  on: (left: number) =>
    `Está activo. Le ${left === 1 ? 'queda un código' : `quedan ${left} códigos`} de recuperación sin usar.`,
  off: 'No está activo. Con él, quien sepa su contraseña no entra sin su teléfono.',
  begun: 'Falta un paso: escriba el primer código que muestre su teléfono.',
  required: 'Su entidad lo exige para firmar y para administrar.',
  begin: 'Activar el segundo factor',
  beginHelp:
    'Necesita en su teléfono una aplicación de códigos, por ejemplo la que use su entidad. Sirve sin conexión ni mensajes de texto.',
  start: 'Empezar',
  add: '1. Agregue la cuenta en su teléfono',
  addHelp: 'En la aplicación elija agregar una cuenta y escanee este código.',
  qr: 'Código QR con la clave de su segundo factor',
  byHand: 'Si no puede escanearlo, escriba esta clave:',
  open: 'Abrir la aplicación en este mismo teléfono',
  confirm: '2. Escriba el código que muestra',
  code: 'Código de seis dígitos',
  submit: 'Confirmar',
  codes: 'Guarde sus códigos de recuperación',
  codesHelp:
    'Cada uno sirve una sola vez, para entrar si pierde el teléfono. Se muestran solo ahora: imprima esta página o cópielos en papel y guárdelos bajo llave.',
  saved: 'Ya los guardé',
  renew: 'Hacer códigos de recuperación nuevos',
  renewHelp: 'Los anteriores dejan de servir.',
  remove: 'Quitar el segundo factor',
  removeHelp: 'Desde ese momento se entra a su cuenta solo con la contraseña.',
  removed: 'El segundo factor quedó desactivado.',
  done: { quitado: 'El segundo factor quedó desactivado.' } as Record<string, string>,
}
