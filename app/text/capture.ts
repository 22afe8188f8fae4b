import type { CaptureMode, ConsentChannel, Network, ReadPurpose } from '../../domain/capture.ts'
import { ANSWER_FAULTS, type AnswerError, type AnswerFault } from '../../domain/capture-answers.ts'
import type { CaptureForm } from '../../domain/grants.ts'
import { formatDay, formatInstant, formatNumber } from './format.ts'
import { gapSentence } from './gaps.ts'

/** The part of an address that names a form. */
export const FORM_ADDRESSES: Record<CaptureForm, string> = { F004: 'persona-natural', F006: 'persona-juridica' }

export const formName: Record<CaptureForm, string> = { F004: 'Persona natural', F006: 'Persona jurídica' }

export const modeText: Record<CaptureMode, string> = {
  online: 'Directamente en el formulario',
  paper: 'Transcrito del formato en papel',
}

export const networkText: Record<Network, string> = {
  remi: 'Red municipal (REMI)',
  vpn: 'VPN',
  other: 'Otra red',
}

export const channelText: Record<ConsentChannel, string> = {
  oral: 'De palabra, después de leerle el texto',
  written: 'Por escrito, en el formato en papel',
}

export const readPurposeText: Record<ReadPurpose, string> = {
  attention: 'Atender a la persona',
  correction: 'Corregir un dato',
  verification: 'Verificar la calidad del registro',
  citizen_request: 'Responder a la persona sobre sus datos',
}

const FAULTS: Record<AnswerFault, (label: string) => string> = {
  not_answered: (label) =>
    `Conteste «${label}», o marque que la persona prefiere no responder si la pregunta lo ofrece.`,
  declined_with_others: (label) => `Deje sola la opción «Prefiere no responder» en «${label}», o quítela.`,
  document_wrong: (label) =>
    `Revise «${label}»: no corresponde al tipo de documento. Escríbalo sin puntos ni espacios.`,
  nit_wrong: (label) => `Revise «${label}»: nueve dígitos y el de verificación correcto, por ejemplo 890399011-3.`,
  divipola_wrong: (label) => `Escriba en «${label}» los cinco dígitos del municipio, por ejemplo 05001.`,
  phone_wrong: (label) =>
    `Escriba en «${label}» un celular de 10 dígitos o un fijo con indicativo, por ejemplo 6054209600.`,
  not_authorised: () =>
    'Sin la autorización de su representante legal no se registran datos de una persona menor de edad. Descarte este registro.',
}

const isFault = (code: string): code is AnswerFault => (ANSWER_FAULTS as readonly string[]).includes(code)

/** What is wrong with an answer, beside its field: what to do. */
export function answerSentence({ code, facts }: AnswerError): string {
  return isFault(code) ? FAULTS[code](String(facts.label ?? '')) : gapSentence({ code, facts })
}

/** «Paso 2 de 7 · Identificación». */
export const stepTitle = (n: number, of: number, title: string) => `Paso ${n} de ${of} · ${title}`

export const captureText = {
  title: 'Captura',
  intro:
    'Registre los datos de las personas que atiende en su punto. Entregarlos es voluntario: primero se pide la autorización.',
  until: (day: string) => `Su acceso termina el ${formatDay(day)}.`,
  today: (captured: number, declined: number) =>
    `Hoy: ${captured === 1 ? 'un registro' : `${formatNumber(captured)} registros`}${declined === 0 ? '' : declined === 1 ? ' y una persona que no autorizó' : ` y ${formatNumber(declined)} personas que no autorizaron`}.`,
  newRecord: 'Nuevo registro',
  newRecordOf: (form: string, point: string) => `Nuevo registro de ${form.toLowerCase()} en ${point}`,
  records: 'Ver los registros',
  access: 'Acceso',
  unfinished: 'Registros sin terminar',
  unfinishedHelp: 'Se guardan un día. Nadie más los ve.',
  unfinishedOf: (form: string, point: string, at: Date | string) =>
    `${form}, ${point}, guardado el ${formatInstant(at)}`,
  correcting: 'Corrección',
  goOn: 'Continuar',
  goOnOf: (form: string, at: Date | string) =>
    `Continuar el registro de ${form.toLowerCase()} guardado el ${formatInstant(at)}`,
  closedTitle: 'Hoy usted no tiene un acceso vigente para capturar',
  closed: (heads: string) =>
    `Quien dirige un organismo pide el acceso de su personal, por vigencia y para un punto de atención. En su dependencia lo pide ${heads || 'quien la dirige'}.`,
  closedHeld: 'Sus accesos',
  seeAccesses: 'Ver mis accesos',
  done: {
    conteo: 'Quedó contado que una persona no autorizó. No se guardó ningún dato de ella.',
    descartado: 'El registro sin terminar se borró.',
  },
}

export const beginText = {
  title: 'Autorización',
  back: 'Captura',
  state: (point: string, form: string) =>
    `${form} en ${point}. Lea el texto a la persona antes de preguntarle cualquier dato.`,
  point: 'Punto de atención',
  choosePoint: 'Elija el punto',
  originTitle: 'Cómo se registra',
  mode: '¿De dónde salen las respuestas?',
  paperLegend: 'Solo si lo transcribe del papel',
  paperCode: 'Código del formato',
  paperCodeHelp: (code: string) => `Como está impreso, por ejemplo ${code}.`,
  paperVersion: 'Versión del formato',
  paperOn: 'Fecha en que se llenó',
  network: '¿Desde qué red está conectado?',
  networkKnown: (network: string) => `Está conectado desde: ${network}.`,
  consentTitle: 'Texto que se lee a la persona',
  version: (n: number) => `Versión ${n} del texto`,
  channel: '¿Cómo autorizó?',
  yes: 'Sí, autoriza',
  no: 'No autoriza',
  refusalHelp: 'Si no autoriza la caracterización, el registro termina aquí: se cuenta y no se guarda ningún dato.',
  submit: 'Continuar',
}

export const pageText = {
  decline: 'Prefiere no responder',
  choose: 'Elija una opción',
  exceptIf: (field: string, answers: string) => `No hace falta si en «${field}» respondió: ${answers}.`,
  onlyIf: (field: string, answers: string) => `Solo si en «${field}» respondió: ${answers}.`,
  save: 'Guardar y continuar',
  back: 'Guardar y volver',
  review: 'Guardar y revisar',
  saved: (at: Date | string) => `Guardado el ${formatInstant(at)}. Si lo deja, puede seguir hoy desde Captura.`,
  conflict:
    'Esta página se guardó también desde otra pestaña. Lo que ve aquí no se guarda solo: se guarda, en lugar de lo otro, con «Guardar y continuar».',
  drop: 'Descartar este registro',
  dropHelp: 'Se borra lo que se escribió. No se puede deshacer.',
}

export const reviewText = {
  title: 'Revise sus respuestas',
  state: 'Léaselas a la persona. Si algo está mal, cámbielo antes de registrar.',
  stateCorrection: 'Cambie lo que haga falta y guarde la corrección. Lo que había antes se conserva.',
  unfinished: 'Todavía faltan respuestas.',
  change: 'Cambiar',
  changeOf: (label: string) => `Cambiar «${label}»`,
  submit: 'Registrar',
  submitCorrection: 'Guardar la corrección',
  existing: 'Abrir el registro que ya existe',
  complete: 'Completar esa página',
  authorised: 'Autorizó',
}

export const recordText = {
  /** Ley 1581 de 2012, art. 15 par. 1. */
  claim: (number: string, on: string) =>
    `Reclamo en trámite. La solicitud ${number}, presentada a nombre del titular el ${formatDay(on)}, todavía no se decide: tenga presente que estos datos están en discusión.`,
  title: (code: string) => `Registro ${code}`,
  list: 'Registros',
  state: (point: string, form: string, at: Date | string) => `${form}, en ${point}, el ${formatInstant(at)}.`,
  facts: {
    capturedBy: 'Lo registró',
    access: 'Con el acceso',
    mode: 'Cómo',
    paper: 'Formato en papel',
    network: 'Red',
    form: 'Formulario',
    versions: 'Correcciones',
  },
  paper: (code: string, version: string, on: string) => `${code}, versión ${version}, llenado el ${formatDay(on)}`,
  networkOf: (network: string, basis: 'address' | 'declared') =>
    `${network}, ${basis === 'address' ? 'según la dirección de conexión' : 'según quien registró'}`,
  corrections: (n: number) => (n === 0 ? 'Ninguna' : n === 1 ? 'Una' : formatNumber(n)),
  factsTitle: 'Cómo se capturó',
  consents: 'Autorizaciones',
  consent: (given: boolean, at: Date | string, channel: string, version: number) =>
    `${given ? 'Autorizó' : 'No autorizó'}, el ${formatInstant(at)}. ${channel}. Texto versión ${version}.`,
  withdrawn: (at: Date | string) => `La revocó el ${formatInstant(at)}.`,
  dataTitle: 'Datos de la persona',
  masked: 'Están ocultos. Cada vez que alguien los ve queda registrado quién, cuándo y para qué.',
  purpose: '¿Para qué necesita verlos?',
  choosePurpose: 'Elija la finalidad',
  show: 'Ver los datos',
  shown: (purpose: string) => `Los está viendo para: ${purpose.toLowerCase()}. Quedó registrado.`,
  correct: 'Corregir el registro',
  receipt: 'Ver la constancia',
  history: 'Historia',
}

export const recordsText = {
  title: 'Registros de su punto',
  intro: 'Los de sus accesos vigentes, sin los datos de las personas. Ábralo para verlos.',
  caption: 'Registros, primero los últimos',
  columns: { code: 'Registro', point: 'Punto de atención', when: 'Capturado', who: 'Lo registró', mode: 'Cómo' },
  open: (code: string) => `Abrir el registro ${code}`,
  corrected: 'corregido',
  whichLabel: 'Acceso',
  all: 'Todos',
  searchTitle: 'Buscar a una persona por su documento',
  searchHelp:
    'Busca solo entre los registros de sus accesos vigentes. Queda registrado que se buscó, no qué se escribió.',
  type: 'Tipo de documento',
  number: 'Número de documento',
  find: 'Buscar',
  nobody: 'Nadie con ese documento tiene un registro en sus puntos y en esta vigencia.',
  found: 'Registros de esa persona',
  emptyTitle: 'Todavía no hay registros',
  empty: 'Aquí aparecen los registros de sus puntos y de esta vigencia, los suyos y los de sus colegas.',
}

export const receiptText = {
  title: 'Constancia de registro',
  sentence: (code: string) => `Sus datos quedaron registrados con el número ${code}.`,
  next: 'La entidad los usa para caracterizar a la ciudadanía. Los resultados que publica no identifican a nadie.',
  rights:
    'Para conocerlos, corregirlos, revocar la autorización o pedir que se borren, presente este número en cualquier punto de atención. Es gratuito.',
  at: (point: string, at: Date | string) => `${point}, ${formatInstant(at)}`,
  officer: (name: string) => `Atendió: ${name}`,
  another: 'Registrar a otra persona',
  hash: (hash: string) => `Huella del texto de autorización: ${hash}`,
  print: 'Para entregarla, imprima esta página.',
}

/** Captured records as data of a source of step 3. */
export const capturedSourceText = {
  title: 'Registros capturados en los puntos de atención',
  why: 'Llegan como un archivo de la fuente, con un seudónimo en lugar del documento y sin nombres ni datos de contacto. Después usted confirma sus columnas.',
  which: 'Qué registros',
  set: (form: CaptureForm, vigencia: number, records: number) =>
    `${formName[form]}, vigencia ${vigencia} (${records === 1 ? 'un registro' : `${formatNumber(records)} registros`})`,
  bring: 'Traer los registros capturados',
}
