import { DAYS_BETWEEN_PAUSES, LONGEST_PAUSE_MONTHS } from '../../domain/control-pauses.ts'
import type { RunStatus, RunVerdict } from '../../domain/control-runs.ts'
import type { SquareState } from '../../domain/control-year.ts'
import { formatDate } from './format.ts'

/** What somebody asked for of a run, in the list of acts under way. */
export const runActText = {
  asked: {
    execute: 'Ejecución del control',
    omit: 'Motivo de no ejecutar el control',
    verify: 'Verificación del control',
    reject: 'Devolución de la ejecución del control',
  } satisfies Record<RunVerdict, string>,
  see: 'Ver la ejecución',
}

export const runStateText = {
  open: 'Por ejecutar',
  executed: 'Por verificar',
  omitted: 'No ejecutado, por verificar',
  missed: 'No ejecutado a tiempo',
  rejected: 'Devuelto',
  verified: 'Verificado',
  excused: 'No ejecutado, con motivo aceptado',
  paused: 'En pausa',
  withdrawn: 'Control retirado',
} satisfies Record<RunStatus, string>

export const period = ({ start, end }: { start: string; end: string }) =>
  start === end ? formatDate(start) : `${formatDate(start)} a ${formatDate(end)}`

/** A letter for each square of the calendar of a year, beside its word. */
export const squareText = {
  ...{ open: 'E', executed: 'P', omitted: 'M', missed: 'X', rejected: 'D', verified: 'V', excused: 'A' },
  ...{ paused: 'Ⅱ', withdrawn: 'R', planned: '·', none: '–', before: '○', after: '□' },
} satisfies Record<SquareState, string>

/** The page of a control (`/riesgos/…/controles/…`). */
export const controlText = {
  of: (code: string) => `Control ${code}`,
  facts: {
    owner: 'Responsable',
    periodicity: 'Cada cuánto',
    design: 'Diseño',
    evidence: 'Evidencia',
    until: 'Vigente hasta',
    risk: 'Riesgo',
    shownBy: 'Autocontrol que lo demuestra',
  },
  retired: 'Este control se retiró: ya no se pide su ejecución. Su historia se conserva.',
  noRhythm:
    'Este control se ejecuta cuando se materializa el riesgo: cada hecho que se registre abre una ejecución, con cinco días hábiles de plazo.',
  yearTitle: (year: number) => `Calendario de ${year}`,
  yearCaption: (year: number) => `Ejecuciones de ${year} por mes`,
  yearPicture: (year: number) => `Ejecuciones de ${year}, un cuadro por período. La tabla siguiente dice lo mismo.`,
  years: 'Otros años',
  month: 'Mes',
  squares: {
    ...{ planned: 'Por venir', none: 'Sin ejecución' },
    ...{ before: 'El control aún no existía', after: 'El control ya se había retirado' },
  } satisfies Record<Exclude<SquareState, RunStatus>, string>,
  legend: 'Qué significa cada letra',
  runsTitle: 'Ejecuciones',
  runsCaption: 'Ejecuciones del control, la última primero',
  noRuns: 'Todavía no hay ejecuciones. La primera se abre sola cuando comienza su período.',
  runColumns: {
    period: 'Período',
    due: 'Plazo',
    status: 'Estado',
    executed: 'Ejecutó',
    checked: 'Verificó',
  },
  openRun: (when: string) => `Abrir la ejecución de ${when}`,
  missedOn: (when: string) => `No se ejecutó a tiempo (${when})`,
  evidenceTitle: 'Evidencia',
  evidenceCaption: 'Lo que se ha aportado del control, lo último primero',
  noEvidence: 'Todavía no se ha aportado evidencia.',
  noEvidenceButCheck: 'Nadie ha aportado evidencia: lo que se sabe del control lo dice su autocontrol.',
  evidenceColumns: {
    file: 'Archivo',
    covers: 'Cubre',
    until: 'Vigente hasta',
    attested: 'Aportó',
    uploaded: 'Se aportó',
    controls: 'Controles',
  },
  revision: (n: number) => `Revisión ${n}`,
  pausesTitle: 'Pausas',
  pausesCaption: 'Pausas del control',
  noPauses: 'El control no se ha puesto en pausa.',
  pauseColumns: { from: 'Desde', until: 'Hasta', reason: 'Motivo', by: 'Quién', resumed: 'Reanudado' },
  pauseDays: (from: string, until: string) => `Del ${from} al ${until}`,
  resumedOn: (day: string, by: string) => `Desde el ${day}, por ${by}`,
  pauseTitle: 'Poner en pausa',
  pauseIntro:
    'Mientras dure la pausa no se piden ejecuciones nuevas; las que ya están abiertas siguen pendientes. La evidencia vence como siempre.',
  pauseLimit: `Una pausa dura ${LONGEST_PAUSE_MONTHS} meses como máximo; las que tienen ${DAYS_BETWEEN_PAUSES} días o menos entre una y otra cuentan como una sola.`,
  pauseFrom: 'Primer día',
  pauseUntil: 'Último día',
  pauseReason: 'Motivo',
  pause: 'Poner en pausa',
  resumeTitle: 'Reanudar antes de que termine la pausa',
  resumeIntro:
    'Los períodos que comiencen ese día o después se piden como siempre. Los que ya cayeron en la pausa no se piden más.',
  resumePause: 'Qué pausa se levanta',
  resumesOn: 'Se reanuda desde',
  resumeReason: 'Motivo de reanudar',
  resume: 'Reanudar el control',
  done: {
    pausa: 'El control quedó en pausa en esas fechas.',
    reanudar: 'La pausa se levantó: desde ese día el control se pide como siempre.',
  },
}

/** The page of one run. */
export const runText = {
  of: (when: string) => `Ejecución de ${when}`,
  crumb: 'Ejecución',
  asked: (when: string, day: string) =>
    `Haga el control y traiga un archivo que muestre que se hizo en el período (${when}). Tiene hasta el ${day}.`,
  facts: {
    does: 'Qué se hace',
    risk: 'Riesgo que reduce',
    control: 'Control',
    owner: 'Ejecuta',
    period: 'Período',
    opens: 'Se pide desde',
    due: 'Plazo',
    late: 'Se puede ejecutar tarde hasta',
    missed: 'No se ejecutó a tiempo',
  },
  historyTitle: 'Qué se ha hecho',
  historyCaption: 'Actos sobre esta ejecución',
  noHistory: 'Nadie ha hecho nada todavía.',
  history: { what: 'Acto', who: 'Quién', when: 'Cuándo', text: 'Nota o motivo' },
  acts: {
    execute: 'Ejecutó el control',
    omit: 'Dijo por qué no se ejecutó',
    verify: 'Verificó',
    reject: 'Devolvió',
  } satisfies Record<RunVerdict, string>,
  underWay: 'En trámite',
  actingFor: (who: string, whom: string) => `${who}, por delegación de ${whom}`,
  evidenceTitle: 'Evidencia aportada',
  evidenceCaption: 'Evidencia de esta ejecución, la última primero',
  executeTitle: 'Ejecutar con evidencia',
  executeIntro:
    'Aporte lo que muestra que el control se ejecutó. Quien lo aporta da fe de ello; lo verifica otra persona de la segunda línea.',
  file: 'Archivo',
  oneFile: 'Adjunte un solo archivo: los demás se aportan con otro control o en otra revisión.',
  fileHelp: 'PDF, documento, hoja de cálculo, imagen o texto, hasta 50 MB.',
  reuse: 'O use una evidencia ya aportada',
  reuseNone: 'Ninguna: adjunto un archivo',
  reuseOption: (name: string, control: string, when: string) => `${name} (${control}, ${when})`,
  reuseHelp:
    'Se ofrece la que ya se verificó en otra ejecución y cubre parte de este período. Conserva su período y su vigencia.',
  from: 'Cubre desde',
  to: 'Cubre hasta',
  toHelp: 'El período que muestra la evidencia, no el día en que la aporta.',
  validUntil: 'Vigente hasta',
  validHelp: 'Después de ese día el control queda sin evidencia vigente.',
  note: 'Nota (opcional)',
  execute: 'Registrar la ejecución',
  omitTitle: 'No se ejecutó',
  omitIntro: 'Diga por qué. La segunda línea acepta el motivo o lo devuelve.',
  reason: 'Motivo',
  omit: 'Registrar que no se ejecutó',
  checkTitle: 'Verificar',
  checkIntro: {
    executed: 'Abra la evidencia y diga si muestra que el control se ejecutó como está diseñado.',
    omitted: 'Lea el motivo y diga si justifica que el control no se ejecutara en este período.',
  },
  verify: { executed: 'Verificar la evidencia', omitted: 'Aceptar el motivo' },
  rejectTitle: 'Devolver',
  reject: 'Devolver con el motivo',
  done: {
    execute: 'La ejecución quedó registrada y espera verificación.',
    omit: 'Quedó registrado por qué no se ejecutó; espera verificación.',
    verify: 'La verificación quedó registrada y el residual demostrado se calculó de nuevo.',
    reject: 'La ejecución quedó devuelta a quien responde.',
    tramite: 'Su acto quedó guardado y está en trámite: se completa solo.',
  },
}

/** In the inbox. */
export const waitingRunsText = {
  title: 'Controles por ejecutar o verificar',
  execute: (control: string, risk: string, day: string) =>
    `Ejecute el control ${control} del riesgo ${risk}: hasta el ${day}`,
  bring: (when: string) => `Traiga un archivo que muestre que se hizo en el período (${when}).`,
  risk: (words: string) => `Riesgo: ${words}`,
  check: (control: string, risk: string) => `Verifique lo que se aportó del control ${control} del riesgo ${risk}`,
  open: 'Abrir',
  openOf: (control: string, when: string) => `Abrir la ejecución del control ${control}, ${when}`,
}
