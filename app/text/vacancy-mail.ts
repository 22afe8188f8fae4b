import { formatDay } from './format.ts'
import type { MailWords } from './mail.ts'

/** To the head of an agency one of whose positions is left without anybody while tasks wait for it. */
export function vacancyMail(facts: { duty: string; from: string; tasks: number }): MailWords {
  const { duty, from, tasks } = facts
  const waiting = tasks === 1 ? 'una tarea espera' : `${tasks} tareas esperan`
  return {
    subject: `Aviso: ${duty} queda sin quien la ejerza desde el ${formatDay(from)}`,
    body: [
      `Desde el ${formatDay(from)} nadie ejerce la función ${duty}, y ${waiting} por ella.`,
      'Se le avisa porque dirige la dependencia. Este aviso no le traslada la decisión: pida a la Administración del sistema que registre un encargo. La persona encargada recibirá esas tareas al entrar.',
      'Caracteriza envía este mensaje automáticamente. Para ver los ejercicios, abra este enlace:',
    ].join('\n\n'),
  }
}
