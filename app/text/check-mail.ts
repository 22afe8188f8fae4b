import type { CheckResult, ControlId } from '../../domain/controls.ts'
import { controlsText } from './automatic-checks.ts'
import type { MailWords } from './mail.ts'

const CLOSING =
  'Caracteriza envía este mensaje automáticamente. Para ver qué lo incumple y ejecutar el control de nuevo, abra este enlace:'

/** That an automatic control is in red, to whoever keeps the process: nothing of anybody's data (experience 40). */
export function checkMail(control: ControlId, result: CheckResult): MailWords {
  const { name, proves } = controlsText[control]
  const what = result === 'error' ? 'no se pudo ejecutar' : 'falló'
  const said =
    result === 'error'
      ? `El autocontrol «${name}» no se pudo ejecutar, así que hoy no prueba nada.`
      : `El autocontrol «${name}» encontró algo que lo incumple.`
  return {
    subject: `El autocontrol «${name}» ${what}`,
    body: [said, `Cuando pasa, prueba esto: ${proves}`, CLOSING].join('\n\n'),
  }
}
