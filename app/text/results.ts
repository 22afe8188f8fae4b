import type { SummaryState } from '../../domain/dissemination.ts'
import { formatDate, formatDay, formatDaysLeft, formatInstant } from './format.ts'

/** The results of the cycles, inside the entity. */
export const resultsText = {
  title: 'Resultados',
  intro:
    'Lo que dice cada ejercicio terminado, por dentro de la entidad: los resultados generales y el resumen de cada dependencia.',
  caption: 'Ejercicios con resultados',
  columns: {
    name: 'Ejercicio',
    vigencia: 'Vigencia',
    delivered: 'Entregados',
    answered: 'Dependencias que respondieron',
  },
  answered: (answered: number, total: number) => `${answered} de ${total}`,
  empty: {
    title: 'Todavía no hay resultados',
    message:
      'Cuando un ejercicio apruebe el paso 7 y sus datos sean públicos, cada dependencia recibirá aquí su resumen y responderá qué va a cambiar.',
  },
  see: 'Ver los ejercicios',
}

/** The results of one cycle. */
export const cycleResultsText = {
  title: (vigencia: number) => `Resultados de la caracterización ${vigencia}`,
  state: (answered: number, total: number, deliveredAt: Date | string) =>
    `Cada dependencia recibió su resumen el ${formatInstant(deliveredAt)}; han respondido ${answered} de ${total}.`,
  withdrawn: 'Lo publicado de este ejercicio se retiró: nadie tiene que responder. El motivo está en la publicación.',
  own: 'Leer el resumen de mi dependencia',
  ownAnswered: 'Ver el resumen de mi dependencia',
  noOwn: 'Su dependencia no existía cuando se entregaron estos resultados.',
  documents: 'El informe y los datos',
  document: (title: string) => `${title}: ver y descargar`,
  release: 'Datos abiertos del ejercicio',
  cycle: 'Historia del ejercicio',
  agencies: 'Dependencias',
  agenciesCaption: 'Resumen de cada dependencia',
  agency: 'Dependencia',
  stateColumn: 'Estado',
  figures: 'Cifras generales',
  figuresIntro: 'Las cifras del informe firmado, cada una con su tabla y de dónde sale.',
  follow: 'Ver el seguimiento',
}

/** The summary of one dependencia. */
export const summaryText = {
  title: (agency: string) => `Resumen para ${agency}`,
  crumb: (vigencia: number) => `Vigencia ${vigencia}`,
  states: {
    unread: (due: string, left: number) =>
      `Falta confirmar la lectura y responder qué va a cambiar, hasta el ${formatDay(due)} (${formatDaysLeft(left)}).`,
    read: (due: string, left: number) =>
      `La lectura está confirmada; falta responder qué va a cambiar, hasta el ${formatDay(due)} (${formatDaysLeft(left)}).`,
    answered: (at: Date | string) => `La dependencia respondió el ${formatInstant(at)}.`,
  },
  withdrawn: 'Lo publicado se retiró y nadie tiene que responder. Este resumen queda como se entregó.',
  whoAnswers: (heads: string) => `Responde quien ocupa el cargo ${heads}.`,
  noHead:
    'Ningún cargo dirige esta dependencia en el sistema, así que nadie puede responder. La Administración registra el cargo que la dirige.',
  goConfirm: 'Ir a confirmar la lectura',
  goAnswer: 'Ir a responder',
  figures: 'Sus cifras',
  inData: (name: string) => `En los datos esta dependencia aparece como «${name}».`,
  notInData:
    'Ninguna cifra del informe se puede separar para esta dependencia: los datos no la nombran. Lea los resultados generales.',
  noFigures: 'El informe no tiene cifras por organismo. Lea los resultados generales.',
  line: 'Dato',
  own: 'Su dependencia',
  whole: 'Toda la entidad',
  share: 'Parte',
  total: 'Total',
  whereFrom: '¿De dónde sale?',
  whereFromLabel: (title: string) => `¿De dónde sale «${title}»?`,
  hidden: 'Las cifras ocultas protegen a grupos pequeños de personas; son las mismas que oculta lo publicado.',
  segments: 'Los segmentos que le conciernen',
  noSegments: 'Ningún segmento nombra a esta dependencia ni tiene una recomendación para ella.',
  because: {
    rule: 'Su regla nombra a esta dependencia.',
    recommendation: 'Una recomendación para esta dependencia se refiere a este segmento.',
  },
  rule: 'Quiénes son',
  size: 'Registros',
  sizeOf: (size: string, whole: string) => `${size} de ${whole}`,
  needs: 'Qué necesitan',
  channels: 'Por dónde se comunican',
  recommendations: 'Lo que se le recomienda',
  noRecommendations: 'El informe no tiene recomendaciones para esta dependencia.',
  recommendation: {
    line: 'Línea de acción',
    segment: 'Segmento',
    owner: 'Cargo responsable',
    indicator: 'Indicador',
    due: 'Plazo',
    priority: 'Prioridad',
  },
  general: 'Ver los resultados generales',
  content: 'Contenido entregado',
  done: {
    leido: 'Su lectura quedó registrada con su comprobante. Ahora responda qué va a cambiar.',
    respondido: 'Su respuesta quedó registrada. Cada compromiso es una acción de mejora y tendrá sus propios avisos.',
  } as Record<string, string>,
}

export const readingText = {
  title: 'Lectura del resumen',
  statement: (agency: string) =>
    `Confirmo que leí el resumen de resultados entregado a ${agency}. Queda registrado con mi nombre, mi cargo, la hora y la huella de este contenido.`,
  submit: 'Confirmo que lo leí',
  done: (by: string, at: Date | string) => `${by} confirmó la lectura el ${formatInstant(at)}.`,
  receipt: 'Comprobante',
  verify: (code: string) => `Verificar el comprobante ${code}`,
  first: 'Primero confirme la lectura; después aparece aquí la respuesta.',
}

export const answerText = {
  title: '¿Qué va a cambiar?',
  intro:
    'Escriba uno o más compromisos de la dependencia, o por qué no va a cambiar nada. Se responde una sola vez; después los compromisos se siguen en Mejora.',
  choice: 'La respuesta de la dependencia',
  choices: { si: 'Vamos a cambiar algo', no: 'Nada va a cambiar' },
  commitment: (n: number) => `Compromiso ${n}`,
  what: 'Qué va a cambiar',
  whatHelp: 'Por ejemplo: abrir una jornada de atención al mes en cada corregimiento.',
  owner: 'Cargo que responde',
  ownerNone: 'Elija un cargo',
  due: 'Fecha',
  indicator: 'Cómo se sabrá que se cumplió (opcional)',
  more: 'Agregar otro compromiso',
  reason: 'Por qué no va a cambiar nada',
  ifYes: 'Si algo va a cambiar',
  ifNo: 'Si nada va a cambiar',
  submit: 'Enviar la respuesta',
  answered: (by: string, at: Date | string) => `${by} respondió el ${formatInstant(at)}.`,
  nothing: 'Nada va a cambiar, porque:',
  caption: 'Compromisos de la dependencia',
  columns: { what: 'Qué va a cambiar', owner: 'Cargo que responde', due: 'Fecha', action: 'Acción de mejora' },
  dueDay: formatDate,
}

export const summaryStateText: Record<SummaryState, string> = {
  unread: 'Sin leer',
  read: 'Leído, sin responder',
  answered: 'Respondido',
}

/** Lines of the inbox: results that wait for whoever heads a dependencia. */
export const ownSummariesText = {
  title: 'Resultados para su dependencia',
  line: (agency: string, vigencia: number, due: string, left: number) =>
    `${agency}: caracterización ${vigencia}, hasta el ${formatDay(due)} (${formatDaysLeft(left)}).`,
  unread: 'Leer y confirmar',
  read: 'Responder qué va a cambiar',
}

/** Who confirmed, who answered and who not, on the page of dissemination. */
export const trackingText = {
  title: 'Las dependencias y sus resultados',
  intro: (answered: number, total: number) =>
    `Han respondido ${answered} de ${total}. A las demás se les recuerda en días hábiles hasta que respondan.`,
  caption: 'Lectura y respuesta de cada dependencia',
  columns: {
    agency: 'Dependencia',
    state: 'Estado',
    read: 'Lectura confirmada',
    answer: 'Respuesta',
    due: 'Plazo',
    told: 'Último aviso',
    remind: 'Recordar',
  },
  commitments: (n: number) => (n === 0 ? 'Nada va a cambiar' : n === 1 ? 'Un compromiso' : `${n} compromisos`),
  none: 'Pendiente',
  notTold: 'A nadie',
  noHead: 'Sin cargo que la dirija',
  remind: 'Recordar',
  toldToday: 'Se le avisó hoy',
  remindNamed: (agency: string) => `Recordar a ${agency}`,
  results: 'Ver los resultados por dependencia',
  notYet:
    'Cuando los datos sean públicos, cada dependencia recibirá aquí su resumen y se verá quién confirma y responde.',
  done: { recordado: 'Se le recordó a la dependencia: el aviso queda en su correo y en la historia.' } as Record<
    string,
    string
  >,
}

/** The receipt of a reading or an answer, for whoever holds its code. */
export const receiptText = {
  title: 'Verificación de comprobante',
  crumb: 'Comprobante',
  state: (kind: 'reading' | 'answer', agency: string, entity: string) =>
    `Es un comprobante de ${entity}: ${agency} ${kind === 'reading' ? 'leyó' : 'respondió'} su resumen de resultados.`,
  code: 'Código del comprobante',
  what: 'Qué se confirmó',
  confirmed: {
    reading: 'La lectura del resumen, tal como se entregó',
    answer: 'La respuesta a «¿Qué va a cambiar?»',
  },
  agency: 'Dependencia',
  ofCycle: 'Resultados de',
  cycle: (name: string, vigencia: number) => `${name}, vigencia ${vigencia}`,
  position: 'Cargo que lo hizo',
  when: 'Fecha y hora',
  content: {
    reading: 'Huella del resumen que se leyó (SHA-256)',
    answer: 'Huella de la respuesta (SHA-256)',
  },
}
