import {
  type CheckResult,
  CONTROL_IDS,
  type ControlId,
  type ControlState,
  isControlId,
  type Severity,
  type Violation,
} from '../../domain/controls.ts'
import { formatInstant, formatNumber } from './format.ts'
import { lowered } from './letters.ts'
import { tracedName } from './traced-tables.ts'

interface ControlWords {
  /** In the address of its page. */
  address: string
  name: string
  /** What a green run proves. */
  proves: string
  source: string
  /** What it counts when it looks: `n` of these. */
  looked: string
}

/** The automatic controls, as people read of them (`/riesgos/autocontroles`). */
export const controlsText: Record<ControlId, ControlWords> = {
  access_without_delegation: {
    address: 'delegacion-vigente',
    name: 'Nadie captura sin delegación vigente',
    proves:
      'Cada acceso delegado que deja entrar fue decidido con firma, está dentro de sus días, y su persona sigue vinculada y su punto abierto.',
    source: 'Circular 4173.010.22.2.1020.000150 de 2024, reglas R3 y R6',
    looked: 'accesos otorgados',
  },
  released_without_approval: {
    address: 'salidas-aprobadas',
    name: 'Nada sale sin aprobación',
    proves: 'Cada publicación y cada informe emitido tienen la firma de quien los aprobó.',
    source: 'MM-GAC-P-008, actividades 6 y 7',
    looked: 'publicaciones e informes',
  },
  approved_own_draft: {
    address: 'funciones-separadas',
    name: 'Nadie aprueba lo que elaboró',
    proves:
      'En pasos, correcciones, accesos, revisiones y correspondencias, quien decidió no es quien lo elaboró o lo pidió, ni actúa por esa persona.',
    source: 'Separación de funciones: MIPG, dimensión 7',
    looked: 'decisiones',
  },
  approval_of_other_content: {
    address: 'firmas-y-contenido',
    name: 'Cada firma corresponde a su contenido',
    proves:
      'La huella que cada persona firmó es la del contenido que hoy está guardado, y ese contenido no ha cambiado.',
    source: 'Ley 527 de 1999, artículos 7 a 9',
    looked: 'firmas y versiones',
  },
  decision_without_event: {
    address: 'decisiones-en-bitacora',
    name: 'Cada decisión está en la bitácora',
    proves: 'Todo acto registrado dejó su hecho en la bitácora, que nadie puede cambiar.',
    source: 'Ley 594 de 2000; MIPG, dimensión 7',
    looked: 'actos',
  },
  write_without_event: {
    address: 'escrituras-en-bitacora',
    name: 'Nada se escribe por fuera de la bitácora',
    proves:
      'Cada fila con efecto jurídico está como la dejó un hecho de la bitácora: ninguna se añadió, cambió ni borró por detrás del sistema.',
    source: 'Ley 594 de 2000; Ley 527 de 1999, artículo 9',
    looked: 'escrituras nuevas o en cuestión',
  },
  history_differs: {
    address: 'flujos-y-registro',
    name: 'Los flujos y el registro dicen lo mismo',
    proves:
      'Cada decisión que tomó un flujo de Temporal tiene su acto, cada acto pasó por su flujo, y ningún flujo sigue abierto por algo terminado ni al revés.',
    source: 'Ley 594 de 2000; MIPG, dimensión 7',
    looked: 'actos y flujos',
  },
  reminder_untold: {
    address: 'avisos-enviados',
    name: 'Ningún aviso vencido quedó sin enviar',
    proves: 'Los avisos de plazos y el correo que debían salir hace más de dos horas salieron, o dicen por qué no.',
    source: 'MM-GAC-P-008: plazos de cada paso',
    looked: 'avisos y correos',
  },
  small_cell_published: {
    address: 'celdas-minimas',
    name: 'Nada publicado deja ver a muy pocas personas',
    proves:
      'Los archivos publicados, leídos de nuevo celda por celda, no muestran ningún número por debajo del mínimo.',
    source: 'Ley 1581 de 2012; Ley 79 de 1993, artículo 5',
    looked: 'celdas publicadas',
  },
  access_unreviewed: {
    address: 'accesos-revisados',
    name: 'Ningún acceso queda sin revisar después del corte',
    proves:
      'Las revisiones de accesos que vencieron se cerraron, cada caso se ejecutó y ningún acceso de la vigencia quedó por fuera.',
    source: 'Circular 4173.010.22.2.1020.000150 de 2024, regla R6',
    looked: 'revisiones y casos',
  },
  ending_unproven: {
    address: 'cierres-comprobados',
    name: 'Cada acceso terminado se comprobó cerrado',
    proves: 'Un día después de terminar un acceso, una prueba como su persona no pudo entrar por ninguna puerta.',
    source: 'Circular 4173.010.22.2.1020.000150 de 2024, regla R7',
    looked: 'accesos terminados',
  },
  orphaned_work: {
    address: 'pendientes-con-responsable',
    name: 'Ningún trabajo quedó sin quién lo haga',
    proves:
      'Tareas, acciones de mejora, riesgos, solicitudes y actos abiertos tienen hoy a alguien que puede hacerlos.',
    source: 'MM-GAC-P-008: responsables de cada paso',
    looked: 'pendientes',
  },
  log_intact: {
    address: 'bitacora-integra',
    name: 'La bitácora sellada está íntegra',
    proves:
      'Los últimos diez mil hechos sellados son los que se sellaron, sus puntos de control firmados coinciden y ninguno espera su sello hace más de una hora.',
    source: 'Ley 527 de 1999, artículos 9 y 11; Ley 594 de 2000',
    looked: 'hechos de la bitácora',
  },
  backup_restorable: {
    address: 'copia-restaurable',
    name: 'La copia de seguridad se puede restaurar',
    proves: 'Se tomó una copia, se restauró aparte, arrancó, y tiene las filas y los archivos que había.',
    source: 'Ley 1581 de 2012, artículo 4, literal g; MSPI, copias de respaldo',
    looked: 'tablas y archivos comparados',
  },
}

const REASONS: Record<string, string> = {
  not_decided: 'Deja entrar y nadie firmó su decisión',
  days_over: 'Sus días terminaron y sigue otorgado',
  not_at_work: 'Su persona ya no está vinculada',
  point_closed: 'Su punto de atención cerró',
  not_approved: 'Se publicó sin la firma de quien aprueba',
  correction_not_signed: 'Se publicó la corrección sin firma',
  issued_not_approved: 'Se emitió sin la firma de quien aprueba',
  own_step: 'Aprobó el paso que elaboró',
  own_access: 'Decidió sobre un acceso propio o que pidió',
  own_review: 'Respondió por su propio acceso',
  own_correction: 'Firmó la corrección que preparó',
  own_crosswalk: 'Aprobó la correspondencia que propuso',
  signed_other: 'Se firmó una huella distinta de la del contenido',
  content_changed: 'El contenido guardado cambió después de congelarse',
  without_event: 'No está en la bitácora',
  update_without_act: 'Un flujo de Temporal tomó una decisión cuyo acto ya no está en el registro',
  update_undone: 'Un flujo de Temporal tomó una decisión cuyo acto no quedó registrado',
  act_without_update: 'El acto está registrado y su flujo de Temporal nunca lo recibió',
  ended_early: 'Sigue abierto y su flujo de Temporal ya terminó',
  never_ended: 'Terminó y su flujo de Temporal sigue abierto',
  history_missing: 'Temporal no tiene su flujo ni su historia',
  history_unread: 'Temporal no pudo entregar la historia de su flujo',
  thing_missing: 'Temporal tiene su flujo y ya no está en el registro',
  not_told: 'El aviso debía salir y no salió',
  mail_waiting: 'El correo espera hace más de dos horas',
  small_cell: 'Muestra un número por debajo del mínimo',
  file_unreadable: 'Su archivo no está o no se puede leer',
  not_closed: 'La revisión venció y no se cerró',
  not_carried_out: 'La revisión venció y su caso no se ejecutó',
  left_out: 'Quedó por fuera de la revisión de su vigencia',
  still_opens: 'Terminó y la prueba dejó entrar',
  not_proved: 'Terminó y no se comprobó que no deja entrar',
  task_of_nobody: 'Nadie ocupa hoy el cargo que debe hacer la tarea',
  action_of_nobody: 'Nadie ocupa hoy el cargo que responde por la acción',
  risk_of_nobody: 'Nadie ocupa hoy el cargo que responde por el riesgo',
  request_of_nobody: 'La persona del acceso pedido ya se retiró',
  act_unsettled: 'El acto lleva más de una hora en trámite',
  leaf_missing: 'Falta su sello',
  event_missing: 'Se selló y ya no está',
  event_changed: 'No es el que se selló: cambió después',
  out_of_order: 'Está fuera de su orden',
  event_unsealed: 'Se agregó detrás de lo ya sellado',
  root_differs: 'La bitácora no es la que se firmó',
  tail_cut: 'Faltan hechos al final de la bitácora',
  note_differs: 'No dice lo mismo que su firma',
  note_unsigned: 'Su firma no vale',
  seal_waiting: 'Espera su sello hace más de una hora',
  rows_missing: 'La copia restaurada tiene menos filas',
  file_missing: 'La copia restaurada no tiene el archivo completo',
}

export function reasonName(reason: string): string {
  return REASONS[reason] ?? reason.replaceAll('_', ' ')
}

const WRITTEN: Record<string, string> = { row_added: 'se añadió', row_changed: 'se cambió', row_removed: 'se borró' }

const historiesLeft = (n: number) =>
  `Temporal tardó tanto que ${n === 1 ? 'una historia de esta noche quedó' : `${formatNumber(n)} historias de esta noche quedaron`} sin leer: de lo que dicen no se sabe nada. Ejecute el control de nuevo y, si vuelve a pasar, avise a quien opera la instalación.`

/** What a row breaks, in one sentence: of one written behind the log also which, when and by which role of the database. */
export function violationSentence({ reason, facts = {} }: Pick<Violation, 'reason' | 'facts'>): string {
  const { table = '', at, writer, rows } = facts
  if (reason === 'histories_left') return historiesLeft(Number(rows))
  if (reason === 'not_watched') return `${tracedName(table)}: se apagó el disparador que sigue sus escrituras`
  const written = WRITTEN[reason]
  if (!written) return table === '' ? reasonName(reason) : `${tracedName(table)}: ${lowered(reasonName(reason))}`
  if (at === undefined)
    return `${tracedName(table)}: ${written} por fuera del sistema, sin hecho en la bitácora ni rastro de cuándo`
  return `${tracedName(table)}: ${written} sin hecho en la bitácora, el ${formatInstant(at)}, con el rol ${writer} de la base de datos`
}

const FAILURES: Record<string, string> = {
  not_carried_out: 'No se pudo ejecutar: el sistema lo intentó cinco veces. Avise a quien opera la instalación.',
  temporal_away: 'Temporal no respondió, así que no se pudo mirar. Avise a quien opera la instalación.',
  own_server:
    'Esta instalación usa un PostgreSQL propio: su copia se ensaya con las herramientas de ese servidor. Registre el resultado en un control del mapa de riesgos.',
}

export function failureName(code: string): string {
  return FAILURES[code] ?? FAILURES.not_carried_out ?? ''
}

const STATES: Record<ControlState, string> = {
  never: 'Sin ejecutar',
  running: 'En ejecución',
  passed: 'Pasó',
  failed: 'Falló',
  error: 'No se pudo ejecutar',
}

export const checksText = {
  title: 'Autocontroles',
  intro:
    'El sistema se revisa a sí mismo todos los días a las 5:00 a. m. Lo que encuentra se avisa el mismo día a quien lleva el proceso.',
  link: 'Autocontroles del sistema',
  runAll: 'Ejecutar ahora',
  runOne: 'Ejecutar este control ahora',
  caption: 'Autocontroles y su último resultado',
  columns: {
    name: 'Control',
    state: 'Estado',
    last: 'Última ejecución',
    when: 'Cuándo',
    looked: 'Qué miró',
    incident: 'Incidencia',
    severity: 'Gravedad',
    reason: 'Qué incumple',
    what: 'Dónde',
    asked: 'Quién la pidió',
    found: 'Lo incumplen',
    duration: 'Duración',
    hash: 'Huella',
  },
  states: STATES,
  severities: { high: 'Alta', medium: 'Media' } satisfies Record<Severity, string>,
  never: 'Todavía no se ha ejecutado',
  looked: (n: number, what: string) => `${formatNumber(n)} ${what}`,
  openSince: (since: string) => `Abierta desde el ${since}`,
  noIncident: 'Ninguna abierta',
  allGreen: 'Todos los controles pasaron en su última ejecución.',
  someNever: 'Los controles que se han ejecutado pasaron; otros no se han ejecutado todavía.',
  someRed: (n: number) => (n === 1 ? 'Un control está en rojo.' : `${n} controles están en rojo.`),
  noneRun: 'Ningún control se ha ejecutado todavía. Ejecútelos ahora o espere a la próxima mañana.',
  progress: (done: number, all: number) =>
    `En ejecución: ${done} de ${all} controles terminados. La página se actualiza sola.`,
  seconds: (n: string) => `${n} s`,
  open: (name: string) => `Abrir el control «${name}»`,
  proves: 'Qué prueba',
  source: 'Fuente',
  history: 'Ejecuciones',
  historyCaption: 'Ejecuciones de la más reciente a la más antigua',
  emptyTitle: 'Este control no se ha ejecutado todavía',
  empty: 'Cada ejecución queda aquí con lo que miró, su resultado y su huella.',
  violations: 'Qué lo incumple',
  violationsCaption: 'Lo que incumple el control en su última ejecución',
  violationsMore: (shown: number, all: number) => `Se muestran ${shown} de ${formatNumber(all)}.`,
  bySchedule: 'El calendario diario',
  incident: 'Incidencia abierta',
  incidentHelp: 'Corrija lo que se muestra y ejecute el control: al pasar, la incidencia se cierra sola.',
  done: { pedido: 'Los controles se están ejecutando.' } as Record<string, string>,
  facts: {
    taken_at: 'Copia tomada el',
    megabytes: 'Tamaño de la copia (MB)',
    events: 'Hechos en la bitácora',
    histories: 'Historias de flujos leídas ahora',
    settled: 'Ya juzgado, y en orden salvo lo que sigue en cuestión, todo lo anterior a la transacción',
    open: 'Transacciones anteriores a esa que siguen en cuestión',
    waiting: 'Historias de flujos que esperan a las próximas noches',
  } as Record<string, string>,
  /** Of a green run too: what it could not hold against anything yet. */
  waiting: (read: number, waiting: number) =>
    `Esta ejecución leyó ${formatNumber(read)} historias de flujos y no cabían más en una noche. ${waiting === 1 ? 'Queda una' : `Quedan ${formatNumber(waiting)}`} para las próximas: hasta entonces este resultado no dice nada de lo nuevo en ${waiting === 1 ? 'ella' : 'ellas'}.`,
  inboxTitle: 'Autocontroles en rojo',
  inboxLine: (name: string, since: string) => `${name}: falla desde el ${since}`,
  inboxOpen: 'Ver qué lo incumple',
}

/** What an automatic control shows of a control of the risk map, for the page of that control. */
export function showingSentence({
  check,
  bears,
  last,
}: {
  check: ControlId
  bears: boolean
  last: { at: Date; result: CheckResult; lookedAt: number } | null
}): string {
  if (!bears) return 'No trata de lo que puede pasar en este riesgo como está valorado hoy: no demuestra el control.'
  if (!last) return 'Todavía no se ha ejecutado: no demuestra nada.'
  const ran = `Miró por última vez el ${formatInstant(last.at)}`
  const saw = `${formatNumber(last.lookedAt)} ${controlsText[check].looked}`
  if (last.result === 'error') return `${ran}, no se pudo completar y por eso cuenta como fallo.`
  if (last.result === 'failed') return `${ran}: ${saw}, con incumplimientos.`
  return last.lookedAt === 0
    ? `${ran} y no encontró nada que mirar: esa ejecución no demuestra el control.`
    : `${ran}: ${saw}, sin incumplimientos.`
}

export function controlAddress(control: ControlId): string {
  return `/riesgos/autocontroles/${controlsText[control].address}`
}

/** The control an address names; undefined where none is called so. */
export function controlAt(address: string): ControlId | undefined {
  return CONTROL_IDS.find((control) => controlsText[control].address === address)
}

/** What a row is called: a step also says which, an event its place in the log, and a control has its name. */
export function violationLabel({ kind, place, label, reason, facts }: Violation): string {
  if (reason === 'histories_left') return 'Flujos de Temporal'
  if (label === '' && facts?.table) return tracedName(facts.table)
  if (kind === 'step') return `${label} · paso ${place}`
  if (kind === 'event' || kind === 'seal')
    return label === '' ? 'Hecho sin sello' : `Hecho n.º ${formatNumber(Number(label))}`
  if (kind === 'checkpoint') return `Punto de control de ${formatNumber(Number(label))} hechos`
  return kind === 'control' && isControlId(label) ? controlsText[label].name : label
}

/** Where a clerk goes to see a row that breaks a control; null where it has no page. */
export function violationAddress({ kind, id, place }: Violation): string | null {
  switch (kind) {
    case 'grant':
      return `/accesos/${id}`
    case 'campaign':
      return `/accesos/campanas/${id}`
    case 'step':
      return `/ejercicios/${id}/pasos/${place}`
    case 'cycle':
      return `/ejercicios/${id}`
    case 'release':
      return `/publicaciones/${id}`
    case 'action':
      return `/mejora/${place}`
    case 'indicator':
      return `/riesgos/indicadores/${place}`
    case 'finding':
      return `/mejora/hallazgos/${place}`
    case 'control':
      return isControlId(place ?? '') ? controlAddress(place as ControlId) : null
    case 'risk':
      return `/riesgos/${place}`
    case 'position':
      return `/administracion/cargos/${id}`
    case 'person':
      return `/administracion/personas/${id}`
    case 'rights':
      return `/derechos/${id}`
    case 'event':
      return `/auditoria/hechos/${id}`
    case 'seal':
    case 'checkpoint':
      return '/auditoria/verificacion'
    default:
      return null
  }
}
