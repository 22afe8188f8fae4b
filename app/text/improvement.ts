import type {
  ActionOrigin,
  ActionStatus,
  CheckVerdict,
  DropVerdict,
  ReportableStatus,
  VerificationVerdict,
} from '../../domain/improvement.ts'
import { formatBytes, formatDate, formatDay, formatDaysLeft } from './format.ts'

export const actionStateText: Record<ActionStatus, string> = {
  unreported: 'Sin estado',
  not_started: 'No iniciada',
  in_progress: 'En curso',
  drop_asked: 'Por descartar',
  done: 'Por verificar',
  verified: 'Por revisar',
  effective: 'Eficaz',
  ineffective: 'Sin efecto',
  dropped: 'Descartada',
}

/** Pages of improvement actions (screens.md §2, `/mejora`). */
export const improvementText = {
  title: 'Mejora',
  intro:
    'Lo que los informes firmados recomiendan, lo que las dependencias se comprometen a cambiar y lo que piden los hallazgos: quién responde, hasta cuándo y qué se logró.',
  caption: 'Acciones de mejora, primero las que vencen antes',
  filterLabel: 'Cuáles se muestran',
  fromOrigin: {
    recommendation: 'Recomendaciones',
    commitment: 'Compromisos',
    finding: 'Hallazgos',
    risk: 'Planes de riesgos',
  } satisfies Record<ActionOrigin, string>,
  all: 'Todas',
  mine: 'Mías',
  overdue: 'Vencidas',
  columns: {
    code: 'Código',
    what: 'Acción',
    owner: 'Responde',
    day: 'Hasta',
    origin: 'Origen',
    status: 'Estado',
  },
  open: (code: string) => `Abrir la acción ${code}`,
  emptyTitle: 'Todavía no hay acciones de mejora',
  empty:
    'Las recomendaciones de un informe de caracterización se convierten aquí en acciones cuando el informe se firma. No hay que registrarlas de nuevo. También llegan aquí los compromisos de las dependencias y los hallazgos de control interno.',
  noDay: 'Terminada',
  findings: 'Hallazgos y sus planes',
}

/** One action. */
export const actionText = {
  title: (code: string) => `Acción de mejora ${code}`,
  what: 'Qué se va a hacer',
  facts: 'De dónde viene y quién responde',
  origin: 'Origen',
  origins: {
    recommendation: 'Recomendación del informe',
    commitment: 'Compromiso de una dependencia',
    finding: 'Hallazgo',
    risk: 'Plan de un riesgo',
  } satisfies Record<ActionOrigin, string>,
  ofCycle: (origin: string, cycle: string, vigencia: number) => `${origin}: ${cycle}, vigencia ${vigencia}`,
  target: 'Línea de acción',
  segment: 'Segmento que atiende',
  agency: 'Dependencia',
  owner: 'Responde',
  checker: 'Verifica y revisa la eficacia',
  plan: 'Plan del hallazgo',
  followedBy: 'Sin efecto: sigue en el hallazgo',
  indicator: 'Indicador',
  due: 'Plazo',
  priority: 'Prioridad',
  priorities: { alta: 'Alta', media: 'Media', baja: 'Baja' },
  result: 'Resultado del indicador',
  checkOn: 'La eficacia se revisa',
  fromDay: (day: string) => `desde el ${formatDay(day)}`,
  state: {
    open: (owner: string, day: string, left: number) =>
      `Espera que ${owner} informe el avance o el resultado. El plazo es el ${formatDay(day)}: ${formatDaysLeft(left)}.`,
    drop_asked: (checker: string, day: string) =>
      `Quien responde pide descartarla. ${checker} lo decide, hasta el ${formatDay(day)}.`,
    done: (checker: string, day: string) =>
      `Se informó como cumplida. ${checker} verifica que así sea, hasta el ${formatDay(day)}.`,
    verified: (checker: string, day: string) =>
      `Se verificó que se cumplió. Desde el ${formatDay(day)}, ${checker} revisa si tuvo efecto.`,
    over: 'Terminó: no espera nada de nadie. Su historia queda abajo.',
  },
  reportTitle: 'Informar el avance',
  reportIntro: 'Diga cómo va. Lo que escriba queda en la historia y ya no cambia.',
  status: 'Cómo está',
  statuses: {
    in_progress: 'En curso',
    not_started: 'No iniciada',
    drop_asked: 'Pido descartarla: otra persona lo decide',
  } satisfies Record<ReportableStatus, string>,
  body: 'Qué se ha hecho, o por qué no',
  evidence: 'Evidencia (opcional)',
  resultEvidence: 'Evidencia: dónde está',
  evidenceHelp: 'Dirección de una página, o nombre y número del documento que lo muestra.',
  files: 'Archivos de la evidencia (opcional)',
  resultFiles: 'Evidencia: archivos',
  filesHelp: 'PDF, Word, Excel, OpenDocument, imagen, CSV o texto. Hasta 5 archivos, cada uno de 50 MB como máximo.',
  filesSoFar: 'Archivos de la evidencia',
  fileSize: (bytes: number) => formatBytes(bytes),
  fileHash: 'Archivo',
  chooseAgain: 'Vuelva a elegir los archivos.',
  report: 'Guardar el avance',
  closeTitle: 'Informar como cumplida',
  closeIntro: (checker: string) =>
    `Después no recibe más avances: ${checker} verifica que se cumplió y, meses después, si tuvo el efecto que se buscaba.`,
  resultEvidenceHelp:
    'Obligatoria: la dirección de una página, el nombre y número del documento que lo muestra, o un archivo en el campo siguiente.',
  resultHelp: (indicator: string) => `Indicador: ${indicator}`,
  months: 'Cuándo se podrá ver si tuvo efecto',
  inMonths: (months: number) => `En ${months} meses`,
  close: 'Informar como cumplida',
  verifyTitle: 'Verificar que se cumplió',
  verifyIntro: 'Mire la evidencia. Lo decide una persona distinta de quien llevó a cabo la acción.',
  verification: '¿La acción se cumplió como se informó?',
  verifications: {
    verified: 'Sí, se cumplió',
    in_progress: 'No, falta por cumplir: vuelve a quien responde',
  } satisfies Record<VerificationVerdict, string>,
  verify: 'Guardar la verificación',
  dropTitle: 'Decidir si se descarta',
  dropIntro:
    'Quien responde por la acción pide no hacerla; la razón está en la historia. Lo decide una persona distinta. Si se descarta, deja de contar en su plan.',
  drop: '¿La acción se descarta?',
  drops: {
    dropped: 'Sí, se descarta',
    in_progress: 'No, se debe cumplir: vuelve a quien responde',
  } satisfies Record<DropVerdict, string>,
  decideDrop: 'Guardar la decisión',
  checkTitle: 'Revisar la eficacia',
  checkIntro:
    'Compare el resultado con lo que se buscaba. Lo decide una persona distinta de quien llevó a cabo la acción. Si no tuvo efecto, el plan se abre de nuevo.',
  verdict: '¿La acción tuvo el efecto que se buscaba?',
  verdicts: { effective: 'Sí, fue eficaz', ineffective: 'No tuvo efecto' } satisfies Record<CheckVerdict, string>,
  grounds: 'En qué se basa',
  check: 'Guardar la revisión',
  historyTitle: 'Historia',
  entryBy: (position: string, person: string) => (position === person ? position : `${person}, ${position}`),
  evidenceOf: 'Evidencia',
  done: {
    avance: 'Se guardó el avance.',
    cumplida: 'Se guardó el resultado. Otra persona verificará que la acción se cumplió.',
    descarte: 'Se guardó la decisión. Quien responde la ve en la acción.',
    verificada: 'Se guardó la verificación.',
    eficacia: 'Se guardó la revisión de la eficacia.',
  } as Record<string, string>,
}

/** In the inbox of whoever answers for an action or checks it. */
export const dueActionsText = {
  title: 'Acciones de mejora que esperan por usted',
  until: (day: string) => `hasta el ${formatDay(day)}`,
  report: 'Informar',
  drop: 'Decidir si se descarta',
  verify: 'Verificar',
  check: 'Revisar la eficacia',
  more: 'Ver todas las mías',
}

/** What a cycle finds of the reports before it. */
export const earlierText = {
  title: 'Qué pasó con las recomendaciones anteriores',
  intro: 'De los informes de vigencias anteriores. Téngalas en cuenta al escribir los objetivos.',
  caption: 'Recomendaciones de informes anteriores y su estado',
  columns: { code: 'Código', what: 'Recomendación', status: 'Estado' },
  reopened: (plan: string, isMended: boolean) =>
    isMended ? `No tuvo efecto; su plan ${plan} ya se cerró.` : `No tuvo efecto; sigue en el plan ${plan}.`,
  who: (owner: string, day: string) => `${owner}, hasta el ${formatDate(day)}`,
  blocked: (codes: string[]) =>
    codes.length === 1
      ? `Falta informar el estado de ${codes[0]}: mientras tanto, el informe de este ejercicio no se puede aprobar.`
      : `Falta informar el estado de ${codes.slice(0, -1).join(', ')} y ${codes.at(-1)}: mientras tanto, el informe de este ejercicio no se puede aprobar.`,
  /** On the first page of the report. */
  printedTitle: 'Recomendaciones anteriores sin terminar',
  printedColumns: ['Código', 'Recomendación', 'Responde', 'Plazo', 'Estado'],
}
