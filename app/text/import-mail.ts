import { formatNumber } from './format.ts'
import type { MailWords } from './mail.ts'

/** How an import ended: what it put to use, or that it put nothing. */
export type ImportEnd = { rows: number; rejects: number } | 'failed'

const SUBJECTS = { done: 'Terminó la importación que usted pidió', failed: 'No se pudo importar el archivo' }

/** To whoever asked for a long import and has gone on to something else: its counts, and nothing of the file (experience 40, 43). */
export function importMail(end: ImportEnd): MailWords {
  const body = end === 'failed' ? FAILED : doneSentence(end)
  const closing = 'Caracteriza envía este mensaje automáticamente. Para ver la fuente, abra este enlace:'
  return { subject: end === 'failed' ? SUBJECTS.failed : SUBJECTS.done, body: [body, closing].join('\n\n') }
}

const FAILED = 'Nada del archivo quedó en uso. La página de la fuente dice por qué y qué hacer.'

function doneSentence({ rows, rejects }: { rows: number; rejects: number }): string {
  const kept = `Quedaron en el corte ${formatNumber(rows)} registros.`
  if (rejects === 0) return `${kept} No se rechazó ninguno.`
  return `${kept} Se rechazaron ${formatNumber(rejects)}: descárguelos, corríjalos y vuelva a cargarlos si hacen falta.`
}
