import type { PointKind } from '../../domain/points.ts'
import { type DutyNames, dutyName } from './duties.ts'
import { formatDate, formatDay, formatInstant, formatNumber } from './format.ts'

/** Words of the administration pages. */
export const administrationText = {
  title: 'Administración',
  state: (entity: string) =>
    `Aquí se registra quién ocupa cada cargo de ${entity}. La administración no decide en los procedimientos.`,
  navLabel: 'Secciones de la administración',
  recent: 'Últimos cambios',
  noRecent: 'Todavía no hay cambios registrados.',
  save: 'Guardar',
  none: 'Ninguno',
  noValue: '—',
  required: (label: string) => label,
  optional: (label: string) => `${label} (opcional)`,
  search: 'Buscar',
  day: (day: string) => formatDay(day),
  lastDay: 'Último día',
  lastDayHelp: 'Es el último día en que vale; desde el siguiente ya no.',
}

export const sectionsText = {
  inicio: 'Resumen',
  personas: 'Personas',
  cargos: 'Cargos',
  vinculaciones: 'Vinculaciones',
  calendario: 'Calendario',
  procedimientos: 'Procedimientos',
  correo: 'Correo saliente',
  sistema: 'Sistema',
  entidad: 'Entidad',
  plantillas: 'Plantillas',
  integraciones: 'Integraciones',
  retencion: 'Retención documental',
}

export const summaryText: Record<string, string> = {
  personas: 'Quienes trabajan en la entidad y sus cuentas de acceso.',
  cargos: 'Dependencias y cargos, con la función de cada cargo en los procedimientos.',
  vinculaciones: 'Quién ocupa cada cargo, como titular o encargado, y entre qué fechas.',
  calendario: 'Días propios no hábiles y los plazos que mueven.',
  procedimientos: 'Versiones adoptadas, para leerlas completas.',
  correo: 'Mensajes que el sistema escribió y su entrega.',
  sistema: 'Si cada parte responde y qué está pendiente.',
  integraciones: 'Sistemas de afuera a los que se reenvía la bitácora.',
  retencion: 'Cuánto se conserva cada serie documental y qué se hace después.',
  entidad: 'Nombre, NIT, escudo y mínimo de celda.',
  plantillas: 'Encabezado, escudo, colores y papel de los informes, con sus versiones.',
}

export const peopleText = {
  title: 'Personas',
  state: 'Quien se va no se borra: se registra su retiro y su historia queda.',
  add: 'Registrar persona',
  caption: 'Personas de la entidad',
  search: 'Nombre o parte del nombre',
  found: (search: string) => `Personas cuyo nombre contiene «${search}».`,
  all: 'Ver todas',
  emptyTitle: 'No hay personas con ese nombre',
  empty: 'Revise cómo está escrito o registre a la persona.',
  name: 'Nombre completo',
  email: 'Correo para avisos',
  emailHelp: 'A este correo llegan los avisos de plazos. Nunca lleva datos personales.',
  document: 'Número de documento',
  documentHelp:
    'Sirve para no registrar dos veces a la misma persona. Se guarda una huella con clave, no el número; no se puede volver a ver.',
  positions: 'Cargos de hoy',
  account: 'Cuenta',
  hasAccount: 'Abierta',
  noAccount: 'Sin cuenta',
  endedOn: (day: string) => `Retirada desde el ${formatDate(day)}`,
  newTitle: 'Registrar persona',
  newState: 'Después de registrarla podrá abrirle una cuenta y vincularla a un cargo.',
  submitNew: 'Registrar persona',
  dataTitle: 'Datos',
  accountTitle: 'Cuenta de acceso',
  tenuresTitle: 'Vinculaciones',
  tenuresNone: 'Esta persona no ha ocupado ningún cargo.',
  addTenure: 'Vincular a un cargo',
  retireTitle: 'Registrar el retiro',
  endsAccesses: (codes: string[]) =>
    codes.length === 1
      ? `Retirar a la persona o cerrar su cuenta termina en el acto su acceso delegado ${codes[0]}.`
      : `Retirar a la persona o cerrar su cuenta termina en el acto sus accesos delegados ${codes.join(', ')}.`,
  retireHelp:
    'Terminan todas sus vinculaciones y se cierra su cuenta. Las tareas abiertas de sus cargos siguen abiertas para quien ejerza la función.',
  retire: 'Registrar retiro',
  statePage: (positions: number, account: string | null) =>
    `${positions === 0 ? 'Hoy no ocupa ningún cargo' : positions === 1 ? 'Hoy ocupa un cargo' : `Hoy ocupa ${positions} cargos`}${account ? ` y entra con ${account}.` : ' y no tiene cuenta de acceso.'}`,
  retired: (day: string) => `Se retiró el ${formatDay(day)}.`,
}

export const accountText = {
  none: 'Esta persona no tiene cuenta: no puede entrar.',
  closed: (email: string) => `La cuenta ${email} está cerrada: con ella no se puede entrar.`,
  open: (email: string) => `Entra con ${email}.`,
  lastEntry: (at: string | null) =>
    at === null ? 'Todavía no ha entrado.' : `Entró por última vez el ${formatInstant(at)}.`,
  endSessions: 'Cerrar sus sesiones',
  endSessionsHelp: 'Para quien dejó una sesión abierta en otro equipo. La cuenta sigue abierta.',
  takeFactor: 'Quitar el segundo factor',
  factorHelp:
    'Para quien perdió el teléfono y los códigos de recuperación. Antes compruebe en persona que es quien lo pide: se cierran sus sesiones y se le avisa por correo.',
  linkedHelp:
    'La cuenta está ligada a una persona del directorio de la entidad. Desligúela si allí la persona es otra o se creó de nuevo: se cierran sus sesiones, y queda ligada otra vez cuando ingrese con el directorio.',
  unlink: 'Desligar del directorio',
  waiting: 'Hay un enlace sin usar para crear la contraseña.',
  email: 'Correo con el que entrará',
  emailHelp: 'Cada correo abre una sola cuenta en toda la instalación.',
  create: 'Abrir cuenta y hacer el enlace',
  renew: 'Hacer otro enlace de contraseña',
  renewHelp: 'Para quien perdió la contraseña o dejó pasar el enlace. El anterior deja de servir.',
  disable: 'Cerrar la cuenta',
  disableHelp:
    'Las sesiones abiertas terminan de inmediato. Sus cargos no cambian; lo que nadie más tendría a su cargo queda contado en «Estado del sistema» si no lo pasa a otro.',
  linkTitle: 'Enlace para crear la contraseña',
  linkIntro: (name: string) =>
    `Entréguelo a ${name} por un medio seguro. Se muestra una sola vez, sirve una sola vez y vale tres días.`,
  copy: 'Copiar el enlace',
  done: 'Ya lo copié',
}

/** A function in a list to choose from; by the name of its position where the entity has one. */
export function dutyChoice(duty: string, names: DutyNames): string {
  return duty === 'dependencia' ? 'Otra dependencia: no firma en los procedimientos' : dutyName(duty, names)
}

export const pointsText = {
  title: 'Puntos de atención',
  help: 'Donde esta dependencia atiende a la ciudadanía. El acceso para registrar datos se da por punto.',
  none: 'Esta dependencia no tiene puntos de atención registrados.',
  caption: 'Puntos de atención de la dependencia',
  name: 'Nombre del punto',
  kind: 'Clase de punto',
  kinds: { centro: 'Centro local (CALI)', ventanilla: 'Ventanilla', punto: 'Otro punto' } satisfies Record<
    PointKind,
    string
  >,
  address: 'Dirección',
  until: 'Estado',
  open: 'Abierto',
  ended: (day: string) => `Cerrado desde el ${formatDate(day)}`,
  add: 'Registrar punto',
  addTitle: 'Registrar un punto',
  endTitle: 'Cerrar un punto',
  endHelp: 'Después de su último día nadie registra datos en él; lo registrado se conserva.',
  point: 'Punto',
  choose: 'Elija el punto',
  end: 'Cerrar punto',
  done: {
    punto: 'El punto de atención quedó registrado.',
    'cierre-punto': 'El punto de atención quedó cerrado desde el día siguiente al que escribió.',
  },
}

export const postsText = {
  title: 'Dependencias y cargos',
  state:
    'La función de un cargo dice qué hace en los procedimientos. Las tareas son de la función: las ve quien la ejerce.',
  addPosition: 'Registrar cargo',
  addAgency: 'Registrar dependencia',
  agenciesTitle: 'Dependencias',
  agenciesCaption: 'Dependencias de la entidad',
  positionsTitle: 'Cargos',
  positionsCaption: 'Cargos y quién los ocupa hoy',
  dutiesTitle: 'Funciones del procedimiento',
  dutiesCaption: 'Quién ejerce hoy cada función',
  dutiesVacant: (count: number) =>
    count === 0
      ? 'Todas las funciones de los procedimientos tienen hoy quien las ejerza.'
      : `${count === 1 ? 'Una función no tiene' : `${count} funciones no tienen`} hoy quien la${count === 1 ? '' : 's'} ejerza: los pasos que la${count === 1 ? '' : 's'} esperan no avanzan hasta que se vincule a alguien.`,
  duty: 'Función',
  holders: 'La ejercen hoy',
  nobody: 'Nadie',
  name: 'Nombre',
  agencyName: 'Nombre de la dependencia',
  positionName: 'Nombre del cargo',
  code: 'Código',
  codeHelp: 'El que usa la entidad, por ejemplo el de su estructura orgánica.',
  parent: 'Dependencia superior',
  noParent: 'Ninguna: es del primer nivel',
  contactEmail: 'Correo de contacto',
  agency: 'Dependencia',
  heads: 'Dirige la dependencia',
  headsHelp: 'A quien dirige se le avisa cuando un cargo de la dependencia queda vacante.',
  holder: 'Lo ocupa hoy',
  vacant: 'Vacante',
  encargado: (name: string) => `${name} (encargo)`,
  positions: 'Cargos',
  ended: (day: string) => `hasta el ${formatDate(day)}`,
  newAgency: 'Registrar dependencia',
  newPosition: 'Registrar cargo',
  dutyHelp: 'Elija «Otra dependencia» si el cargo no firma en los procedimientos.',
  dataTitle: 'Datos',
  endAgencyTitle: 'Cerrar la dependencia',
  endAgencyHelp: 'Solo si ya no tiene cargos ni dependencias vigentes.',
  endAgency: 'Cerrar dependencia',
  endPositionTitle: 'Suprimir el cargo',
  endPositionHelp: 'Solo si nadie lo ocupa después de ese día.',
  endPosition: 'Suprimir cargo',
  history: 'Quiénes lo han ocupado',
  historyNone: 'Nadie ha ocupado este cargo.',
  addTenure: 'Vincular a una persona',
  noAgencies: 'Registre primero una dependencia: cada cargo pertenece a una.',
  agencyEnded: (day: string) => `Se cerró el ${formatDay(day)}.`,
  positionEnded: (day: string) => `Se suprimió el ${formatDay(day)}.`,
  positionState: (duty: string, agency: string) => `Función: ${duty}. Pertenece a ${agency}.`,
}

export const tenuresText = {
  title: 'Vinculaciones y encargos',
  state: 'Una persona ocupa un cargo entre dos fechas, por un acto. Un encargo siempre tiene fecha de fin.',
  add: 'Registrar vinculación o encargo',
  caption: 'Vinculaciones, de la más reciente a la más antigua',
  person: 'Persona',
  position: 'Cargo',
  agency: 'Dependencia',
  kind: 'Calidad',
  kinds: { titular: 'Titular', encargado: 'Encargo' },
  from: 'Desde',
  to: 'Hasta',
  toHelp: 'Último día. Un titular puede quedar sin fecha; un encargo no.',
  noEnd: 'Sin fecha de fin',
  act: 'Acto administrativo',
  actHelp: 'El que lo dispone, por ejemplo «Resolución 112 del 3 de marzo de 2026».',
  state_: 'Estado',
  inForce: 'Vigente',
  notInForce: 'No vigente',
  choosePerson: 'Elija la persona',
  choosePosition: 'Elija el cargo',
  narrow: 'Buscar una persona por nombre',
  more: 'Hay más personas de las que caben en la lista: búsquela por nombre.',
  newTitle: 'Registrar vinculación o encargo',
  newState: 'Las tareas abiertas del cargo son de quien lo ejerza ese día; no hay que trasladarlas.',
  submitNew: 'Registrar',
  noPeople: 'Registre primero a la persona.',
  view: (person: string) => person,
  pageTitle: (person: string, position: string) => `${person}: ${position}`,
  pageState: (kind: 'titular' | 'encargado', from: string, to: string | null) =>
    `${kind === 'titular' ? 'Titular' : 'Encargo'} desde el ${formatDay(from)}${to ? ` hasta el ${formatDay(to)}` : ', sin fecha de fin'}.`,
  actLine: (act: string) => `Acto: ${act}.`,
  endActLine: (act: string) => `Acto del retiro: ${act}.`,
  tasksTitle: 'Tareas abiertas de la función',
  tasksIntro: (duty: string) => `Son de la función ${duty}: las ve y las atiende quien la ejerza.`,
  tasksNone: (duty: string) => `Hoy no hay tareas abiertas de la función ${duty}.`,
  task: 'Tarea',
  cycle: 'Ejercicio',
  due: 'Vence',
  claimed: 'Asignada a',
  nobody: 'Nadie',
  taskKinds: {
    elaborate: 'Elaborar',
    review: 'Revisar',
    approve: 'Aprobar',
    consent: 'Dar visto bueno',
    decide_reopening: 'Decidir reapertura',
    confirm_columns: 'Confirmar columnas que cambiaron en',
  },
  taskName: (kind: string, step: string) => `${kind} el paso ${step}`,
  endTitle: 'Registrar el fin',
  endIntro: 'Lo que la persona tenía asignado queda libre. Nada de lo firmado cambia.',

  endsAccesses: (codes: string[]) =>
    codes.length === 1
      ? `Al día siguiente del último día termina también el acceso delegado ${codes[0]} de la persona.`
      : `Al día siguiente del último día terminan también los accesos delegados ${codes.join(', ')} de la persona.`,
  end: 'Registrar el fin',
  afterTitle: 'Cuando esta vinculación no esté',
  afterHolders: (names: string) =>
    `También ejercen la función ${names}: las tareas siguen con ellos y no hace falta avisar.`,
  afterOneHolder: (name: string) =>
    `También ejerce la función ${name}: las tareas siguen con esa persona y no hace falta avisar.`,
  afterVacant: 'Nadie más ejerce la función. Registre un encargo para que las tareas no se detengan.',
  told: (names: string) => `Si hay tareas abiertas se avisa por correo a ${names}.`,
  toldNobody: 'No hay a quién avisar: nadie dirige la dependencia ni administra el sistema en esa fecha.',
  nameEncargado: 'Registrar un encargo en este cargo',
  ended: (day: string) => `Terminó el ${formatDay(day)}.`,
}

export const calendarText = {
  title: 'Calendario de la entidad',
  state:
    'Los festivos nacionales ya están. Aquí se registran los días propios: los que no cuentan y los festivos que sí cuentan.',
  addTitle: 'Registrar un día',
  day: 'Día',
  kind: 'Qué pasa ese día',
  kinds: { extra: 'No es hábil', removed: 'Es hábil aunque sea festivo' },
  name: 'Motivo',
  nameHelp: 'Por ejemplo «Día cívico».',
  act: 'Acto administrativo',
  preview: 'Ver qué plazos mueve',
  confirmTitle: (day: string) => `Confirme: ${formatDay(day)}`,
  confirm: {
    extra: 'Ese día no contará en los plazos.',
    removed: 'Ese día contará en los plazos aunque sea festivo.',
    back: 'Ese día volverá a ser como en el calendario nacional.',
  },
  movedCaption: 'Plazos en curso que cambian',
  movedNone: 'Ningún plazo en curso cambia.',
  moved: (count: number) =>
    count === 1 ? 'Cambia un plazo en curso.' : `Cambian ${formatNumber(count)} plazos en curso.`,
  cycle: 'Ejercicio',
  step: 'Plazo',
  termOf: (
    of: { stepCode: string } | { agency: string } | { request: string } | { control: string } | { review: string },
  ) => {
    if ('review' in of) return `Revisión del riesgo ${of.review}`
    if ('control' in of) return `Ejecución del control ${of.control}`
    if ('request' in of) return `Respuesta a la solicitud ${of.request}`
    return 'stepCode' in of ? `Paso ${of.stepCode}` : `Respuesta de ${of.agency} a los resultados`
  },
  noCycle: { request: 'Derechos sobre los datos', risk: 'Riesgos' },
  before: 'Vencimiento actual',
  after: 'Vencimiento nuevo',
  register: 'Registrar el día',
  back: 'Retirar el día',
  change: 'Cambiar los datos',
  listTitle: 'Días propios registrados',
  listCaption: 'Días propios, del más reciente al más antiguo',
  emptyTitle: 'No hay días propios',
  empty:
    'La entidad cuenta con los festivos nacionales. Cuando un acto declare un día cívico o suspenda términos, regístrelo arriba.',
  past: 'Ya pasó',
  takeBack: (day: string) => `Retirar el ${formatDate(day)}`,
}

export const proceduresText = {
  title: 'Procedimientos',
  state: 'Versiones que la entidad adoptó. Una versión adoptada no cambia: cada ejercicio queda atado a la suya.',
  caption: 'Versiones adoptadas',
  code: 'Código',
  version: 'Versión',
  name: 'Procedimiento',
  adoptedOn: 'Adoptado el',
  act: 'Acto',
  read: (code: string, version: number) => `Leer ${code} versión ${version}`,
  pageTitle: (code: string, version: number, title: string) => `${code} versión ${version}: ${title}`,
  pageState: (from: string) => `Vigente desde el ${formatDay(from)}.`,
  header: 'Encabezado',
  macroprocess: 'Macroproceso',
  process: 'Proceso',
  objective: 'Objetivo',
  scope: 'Alcance',
  leaders: 'Responsables líderes',
  changes: 'Control de cambios',
  change: 'Descripción del cambio',
  documentSignatures: 'Firmas del documento del procedimiento',
  signatureRoles: { elaboro: 'Elaboró', reviso: 'Revisó', aprobo: 'Aprobó' },
  role: 'Rol',
  cargo: 'Cargo',
  date: 'Fecha',
  legalBasis: 'Base legal',
  glossary: 'Definiciones',
  policies: 'Políticas y condiciones de operación',
  purposes: 'Propósitos',
  steps: 'Pasos',
  stepTitle: (code: string, title: string) => `Paso ${code}. ${title}`,
  areas: 'Áreas',
  cargos: 'Cargos',
  registers: 'Registros',
  noRegisters: 'N.A.',
  authors: 'Elabora',
  reviewers: 'Revisa',
  approvers: 'Aprueba',
  consent: 'visto bueno',
  policy: 'Cómo se aprueba',
  policies_: {
    any: 'Basta una persona con la función.',
    all: 'Aprueban todas las funciones nombradas, en cualquier orden.',
    in_order: 'Aprueban en el orden escrito.',
    principal_with_consent: 'Aprueba la primera, con el visto bueno de las demás.',
  },
  term: 'Plazo',
  days: (days: number) => `${days} días hábiles desde que se abre el paso (valor de la entidad, editable)`,
  escalates: 'Si vence, se avisa a',
  buildsOn: 'Se apoya en los pasos',
  contentHash: 'Contenido de la versión',
  reviewerIsApprover: 'Si quien revisó también aprueba',
  reviewerPolicies: { block: 'No se permite.', warn: 'Se permite y queda la advertencia.', allow: 'Se permite.' },
  openComments: 'Si quedan comentarios sin resolver',
  openCommentsPolicies: { block: 'El paso no se aprueba.', allow: 'El paso se puede aprobar.' },
  related: 'Documentos relacionados',
}

export const mailText = {
  title: 'Correo saliente',
  state: 'Lo que el sistema escribió. Los enlaces de ingreso o de contraseña nunca se muestran aquí.',
  emptyTitle: 'No hay correo',
  empty: 'Cuando un plazo esté por vencer o un cargo quede vacante, el mensaje aparecerá aquí.',
  toCitizen: 'Para una persona de la ciudadanía, a la dirección que dio',
  to: (name: string | null) => (name ? `Para ${name}` : 'Sin destinatario'),
  written: (at: Date) => `Escrito el ${formatInstant(at)}`,
  settled: (at: Date) => `resuelto el ${formatInstant(at)}`,
  attempts: (count: number) => (count === 1 ? 'un intento' : `${count} intentos`),
  gathers: (notices: number) => `reúne ${notices} avisos de ese día`,
  states: {
    planned: 'Por enviar',
    attempted: 'Intentado, sin respuesta',
    sent: 'Enviado',
    kept: 'Guardado (no hay servidor de correo)',
    failed: 'No se pudo entregar',
  } as Record<string, string>,
  read: 'Leer el mensaje',
  link: 'Enlace del mensaje',
  failure: 'Lo que respondió el servidor',
}

export const systemText = {
  title: 'Estado del sistema',
  good: (at: Date) => `Todas las partes responden. Revisado el ${formatInstant(at)}.`,
  bad: (at: Date) =>
    `Alguna parte no responde. Lo guardado no se pierde y lo que está en trámite seguirá solo. Revisado el ${formatInstant(at)}.`,
  partsTitle: 'Partes',
  partsCaption: 'Partes del sistema y si responden',
  part: 'Parte',
  answer: 'Respuesta',
  detail: 'Detalle',
  parts: {
    postgres: 'Base de datos',
    temporal: 'Motor de procedimientos',
    worker: 'Trabajador',
    migrations: 'Estructura de datos',
  },
  ok: 'Responde',
  notOk: 'No responde',
  pendingTitle: 'Pendiente en su entidad',
  pendingCaption: 'Lo que está pendiente, contado ahora',
  what: 'Qué',
  count: 'Cuántos',
  counts: {
    actsUnderWay: 'Actos en trámite',
    incidents: 'Incidencias abiertas',
    noticesLate: 'Avisos cuya hora ya pasó',
    noticesFailed: 'Avisos sin entregar o sin respuesta',
    mailWaiting: 'Correos por enviar',
    mailFailed: 'Correos sin entregar o sin respuesta',
    importsRunning: 'Archivos en proceso',
    orphans: 'Trabajo sin nadie a cargo',
  },
  incidentsTitle: 'Incidencias abiertas',
  incidentsNone: 'No hay incidencias abiertas.',
  incidentsCaption: 'Incidencias, de la más reciente a la más antigua',
  incident: 'Incidencia',
  object: 'Sobre',
  openedAt: 'Desde',
  again: 'Revisar de nuevo',
}

export const incidentsText = {
  title: 'Incidencias',
  state: 'Lo que el sistema no pudo terminar solo. Cada una se cierra con una nota de lo que se hizo.',
  filter: 'Abiertas o cerradas',
  open: 'Abiertas',
  closed: 'Cerradas',
  caption: 'Incidencias, de la más reciente a la más antigua',
  noneOpen: 'No hay incidencias abiertas',
  noneClosed: 'No se ha cerrado ninguna incidencia',
  empty: 'Cuando algo no se puede terminar solo, aparece aquí y se cuenta en la página del sistema.',
  all: 'Ver las incidencias, también las cerradas',
  step: (code: string, cycle: string) => `Paso ${code} de «${cycle}»`,
  isOpen: 'Abierta',
  isClosed: 'Cerrada',
  closedAt: 'Cerrada el',
  closedBy: 'La cerró',
  byControl: 'El autocontrol, al pasar',
  note: 'Qué se hizo',
  close: 'Cerrar la incidencia',
  closeHelp: 'La nota queda con la incidencia y no se cambia después. Si el problema vuelve a ocurrir, se abre otra.',
  done: { cerrada: 'La incidencia quedó cerrada.' } as Record<string, string>,
}

/** What whoever operates the system can do about it. */
const ADVICE: Record<string, string> = {
  nobody_told: 'Registre quién ocupa el cargo, o un encargo, para que el próximo aviso tenga a quién llegar.',
  run_unchecked:
    'Todas las personas que podrían verificarla la ejecutaron, o nadie ocupa sus cargos. Registre quién los ocupa, o un encargo, y cierre la incidencia.',
  notice_undelivered: 'Revise el correo de la persona y el servidor de correo. Después cierre la incidencia.',
  release_not_published:
    'Los archivos aprobados no salieron: faltan, no son los que se firmaron, mostrarían a muy pocas personas junto con lo que ya es público, o no se alcanzó a comprobar que no las muestran. Si quedaron retenidos, quien elabora el paso 7 ya fue avisado y los prepara de nuevo desde su bandeja o desde la página del ejercicio.',
  report_unproven:
    'En cinco intentos no se alcanzó a comprobar que el informe no muestra a muy pocas personas. Avise a quien elaboró el paso 6: debe reabrirlo y aprobarlo de nuevo, con menos figuras si vuelve a ocurrir. Si la máquina estaba sobrecargada, espere a que descanse.',
  ending_unproven:
    'Abra el acceso. Si su prueba dice que dejó entrar, cierre hoy la cuenta de la persona y avise a quien opera la instalación. Si no hubo respuesta, revise que la aplicación web responda: la prueba se repite sola.',
  control_failed:
    'Abra el autocontrol: muestra qué lo incumple y dónde se corrige. Al ejecutarse y pasar, esta incidencia se cierra sola.',
  report_refused:
    'El informe mostraría a muy pocas personas. Avise a quien elaboró el paso 6: debe reabrir lo que haya que cambiar.',
  review_unassigned:
    'En una revisión de accesos nadie puede responder por algún acceso, y al cierre se retira. Registre quién dirige el organismo o quién lidera el proceso.',
  review_hasty:
    'Las respuestas que mantienen accesos se dieron con muy poco tiempo, o sobre accesos que nadie usa: la revisión dice cuántas. Descargue los accesos de la revisión, mire con quien respondió los que llevan menos segundos y abra otra revisión si hace falta. Escriba aquí qué se hizo.',
  collector_stopped:
    'Abra el destino: dice por qué se detuvo y qué hacer. Después reanude el reenvío, que sigue donde iba, y cierre la incidencia.',
  record_without_workflow:
    'Avise a quien opera la instalación: el registro y el procedimiento deben volver a coincidir.',
}

export function incidentAdvice(kind: string): string {
  return ADVICE[kind] ?? 'Avise a quien opera la instalación.'
}

const INCIDENTS: Record<string, string> = {
  nobody_told: 'No hubo a quién avisar de un plazo',
  notice_undelivered: 'Un aviso no se pudo entregar a nadie',
  release_not_published: 'El paso 7 está aprobado y sus archivos no se publicaron',
  ending_unproven: 'Un acceso delegado terminó y no se ha comprobado que ya no deje entrar',
  report_unproven: 'El paso 6 está aprobado y su informe no se emitió: no se alcanzó a comprobar que sea seguro',
  control_failed: 'Un autocontrol está en rojo',
  report_refused: 'El paso 6 está aprobado y su informe no se emitió: dejaría ver a muy pocas personas',
  review_unassigned: 'Nadie puede revisar un acceso de una revisión',
  run_unchecked: 'Nadie puede verificar la ejecución de un control',
  review_hasty: 'Una revisión de accesos se respondió con calidad baja',
  collector_stopped: 'Se detuvo el reenvío de hechos a un destino',
  record_without_workflow: 'Un acto quedó registrado y el procedimiento no lo aceptó',
}

export function incidentName(kind: string): string {
  return INCIDENTS[kind] ?? kind.replaceAll('_', ' ')
}

const OBJECTS: Record<string, string> = {
  access_grant: 'acceso delegado',
  act: 'acto',
  notice: 'aviso',
  cycle: 'ejercicio',
  release: 'publicación',
  import: 'archivo',
  step_version: 'versión de un paso',
  document: 'informe',
  control_run: 'ejecución de un control',
  automatic_check_run: 'autocontrol',
  collector: 'destino del reenvío',
}

export function objectName(type: string): string {
  return OBJECTS[type] ?? type
}

export const entityText = {
  rights: 'Derechos de los titulares',
  rightsHelp:
    'Quién responde las consultas y los reclamos de la ciudadanía sobre sus datos (Ley 1581 de 2012). Las solicitudes abiertas pasan de inmediato a su bandeja; al vencer un término se avisa a quien dirige al primero.',
  firstDuty: 'Responde en primer lugar',
  secondDuty: 'También responde',
  nobodyElse: 'Nadie más',
  signIn: 'Ingreso',
  requiresFactor: 'Exigir segundo factor a quienes aprueban y administran',
  factorOn: 'Hoy se exige: quien no lo tenga activo no firma ni administra hasta activarlo en «Mi cuenta».',
  factorOff:
    'Hoy no se exige: se firma y se administra con la sola contraseña. En una demostración es lo habitual; con datos reales, actívelo.',
  title: 'Datos de la entidad',
  state: 'Aparecen en los informes y en las páginas públicas desde que se guardan.',
  dataTitle: 'Identificación',
  name: 'Nombre oficial',
  nameHelp: 'Como firma la entidad.',
  shortName: 'Nombre corto',
  shortNameHelp: 'El municipio o distrito, sin más.',
  nit: 'NIT',
  nitHelp: 'Sin puntos. El dígito de verificación se comprueba; si no lo escribe, se calcula.',
  divipola: 'Código DIVIPOLA',
  divipolaHelp: 'Cinco dígitos del DANE, por ejemplo 47001.',
  slogan: 'Lema',
  minimumCell: 'Mínimo de celda',
  minimumCellHelp:
    'Toda cifra que cuente menos que esto se oculta. Cinco o más. Vale para lo que se calcule desde ahora; lo publicado no cambia.',
  shieldTitle: 'Escudo',
  shield: 'Imagen PNG',
  shieldHelp:
    'Hasta 500 kB, con fondo transparente de preferencia. Lo llevan las páginas y, si su plantilla lo dice, los informes.',
  shieldNow: 'Escudo actual',
  shieldNone: 'La entidad no ha cargado su escudo; se usa un símbolo neutro.',
  upload: 'Cargar escudo',
  remove: 'Quitar escudo',
}

/** After a change: what was recorded. Keys travel in the address. */
export const doneText: Record<string, string> = {
  persona: 'La persona quedó registrada. Ahora puede abrirle una cuenta y vincularla a un cargo.',
  datos: 'Los cambios quedaron guardados.',
  retiro: 'El retiro quedó registrado.',
  cuenta: 'La cuenta quedó cerrada.',
  sesiones: 'Las sesiones abiertas de la cuenta quedaron cerradas.',
  directorio: 'La cuenta quedó desligada del directorio y sus sesiones se cerraron.',
  factor: 'El segundo factor quedó desactivado, sus sesiones se cerraron y se avisó a la persona.',
  derechos: 'Quedó guardado quién responde a los titulares.',
  ingreso: 'La política de ingreso quedó guardada.',
  dependencia: 'La dependencia quedó registrada.',
  cierre: 'La dependencia quedó cerrada.',
  cargo: 'El cargo quedó registrado. Ahora puede vincular a quien lo ocupa.',
  supresion: 'El cargo quedó suprimido.',
  vinculacion: 'La vinculación quedó registrada. Quien la ejerce ve ya las tareas abiertas de la función.',
  fin: 'El fin quedó registrado.',
  dia: 'El día quedó registrado y los plazos se recalcularon.',
  retirado: 'El día quedó retirado y los plazos se recalcularon.',
  escudo: 'El escudo quedó guardado.',
  sin_escudo: 'El escudo quedó retirado.',
}

/** What is open when somebody leaves or moves (features J3). */
export const leftWorkText = {
  nothing: 'No deja nada abierto a su nombre.',
  intro: 'Esto queda abierto el día siguiente:',
  kinds: {
    claim: (name: string) => `Tarea que se asignó, paso ${name}`,
    section: (name: string) => `Sección del informe ${name}`,
    action: (name: string) => `Acción de mejora ${name}`,
    asked: (name: string) => `Solicitud de acceso ${name}`,
    substitution: (name: string) => `Reemplazo en el cargo ${name}`,
    review: (name: string) => `Revisión de accesos ${name}, con decisiones por tomar`,
    finding: (name: string) => `Hallazgo ${name}`,
    risk: (name: string) => `Riesgo ${name}`,
    control: (name: string) => `Control ${name}`,
    indicator: (name: string) => `Indicador ${name}`,
  },
  becomes: {
    claim: 'vuelve a la bandeja de quienes tienen la función',
    section: 'vuelve a quienes elaboran el paso',
    action: 'vuelve a quienes tienen la función',
    asked: 'la sigue quien dirija el organismo',
    substitution: 'termina con la persona; quien está ausente debe nombrar a otra',
    review: 'pasa a quien dirija la dependencia, o a quien está por encima',
    finding: 'sigue con el cargo',
    risk: 'sigue con el cargo, y con quien lo ocupe después; si elige otro cargo, pasa a él',
    control: 'sigue con el cargo, y con quien lo ocupe después; si elige otro cargo, pasa a él',
    indicator: 'sigue con el cargo, y con quien lo ocupe después; si elige otro cargo, pasa a él',
  },
  needsOwner: 'nadie más la tendría a su cargo',
  others: (n: number) => `Y ${formatNumber(n)} más, que pasan o siguen de la misma manera.`,
  handTo: 'A qué cargo pasa lo que queda abierto',
  handToHelp: 'Solo hace falta para lo que nadie más tendría a su cargo.',
  nobody: 'A nadie en particular',
}
