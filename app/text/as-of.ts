/** What somebody could do on a past date: one sentence, with the rule and the act behind it. */
import type { AskedKind, Asking, JudgedGrant, PersonThen, RightThen, StepThen, Verdict } from '../../domain/as-of.ts'
import type { Ground } from '../../domain/grants.ts'
import type { Moment, MomentFault } from '../../domain/moments.ts'
import type { Area } from '../../domain/permission-subjects.ts'
import type { TaskKind } from '../../domain/tasks.ts'
import { type DutyNames, dutyName, dutyNames } from './duties.ts'
import { formatDay, formatInstant, formatLongInstant } from './format.ts'
import { capital } from './letters.ts'
import { menuText } from './shell.ts'
import { signatureRoleText } from './steps.ts'

export const asOfText = {
  title: 'A la fecha',
  intro:
    'Diga de quién, sobre qué y en qué fecha quiere saber. Se responde con la misma regla que decide hoy, con los cargos, los accesos y las reglas de ese día. Lo que pregunte queda en la bitácora.',
  link: 'Quién podía qué, a una fecha',
  question: 'Qué quiere saber',
  person: 'Persona',
  personHelp: 'Nombre completo o una parte.',
  object: 'Sobre qué',
  objectHelp: 'Lo que la persona podía ver o hacer.',
  code: 'Código o radicado',
  codeHelp:
    'Del registro, del acceso o del riesgo, su código; de un ejercicio y sus partes, el radicado. Un área no lleva.',
  step: 'Paso',
  stepHelp: 'Solo si pregunta por un paso.',
  noneChosen: 'Elija',
  date: 'Fecha',
  time: 'Hora',
  timeHelp: 'Si la deja vacía se responde por el cierre de ese día o, si es hoy, por este momento.',
  known: 'Según lo que constaba hasta',
  knownHelp: 'Si la deja vacía cuenta todo lo que consta hoy, también lo que se registró después de la fecha.',
  submit: 'Responder',
  answer: 'Respuesta',
  knownThen: 'Lo que constaba entonces',
  knownThenHelp: 'Después de esa fecha se registró algo que cambia la respuesta. En ese momento el sistema respondía:',
  permanent: 'Dirección de esta respuesta',
  permanentHelp: 'Siempre dice lo mismo: lleva la fecha y hasta cuándo contó lo registrado.',
  rights: 'Qué más podía',
  rightsCaption: 'Cada derecho sobre lo que se preguntó, y por qué',
  right: 'Derecho',
  could: 'Podía',
  why: 'Por qué',
  yes: 'Sí',
  no: 'No',
  grants: 'Sus accesos a ese punto, formulario y vigencia',
  grantsNone: 'Nadie había pedido ni dado a esta persona un acceso a ese punto, formulario y vigencia.',
  facts: {
    rule: 'Regla',
    version: 'Versión de las reglas',
    held: 'Cargo',
    access: 'Acceso',
    act: 'Acto',
  },
  noAct: 'La bitácora no tiene el hecho con que se registró. Pida que se verifique la bitácora.',
  seeCycle: 'Ver el ejercicio como estaba ese día',
  seeAct: 'ver hecho y comprobante',
  several: 'Varias personas coinciden con ese nombre. Elija por cuál pregunta:',
  noPerson: 'Escriba el nombre de la persona.',
  unknownPerson: 'Nadie de la entidad coincide con ese nombre. Revise cómo está escrito.',
  noObject: 'Elija sobre qué pregunta.',
  noCode: 'Escriba el código o el radicado.',
  noStep: 'Elija el paso.',
  unknownObject: {
    record: 'La entidad no tiene un registro con ese código.',
    grant: 'La entidad no tiene un acceso con ese código.',
    cycle: 'La entidad no tiene un ejercicio con ese radicado.',
    step: 'La entidad no tiene un ejercicio con ese radicado y ese paso.',
    sources: 'La entidad no tiene un ejercicio con ese radicado.',
    releases: 'La entidad no tiene un ejercicio con ese radicado.',
    risk: 'La entidad no tiene un riesgo con ese código.',
    area: 'El sistema no tiene esa área.',
  } satisfies Record<AskedKind, string>,
}

export const cycleAsOfText = {
  title: (name: string) => `${name}, a la fecha`,
  link: 'Ver cómo estaba en una fecha',
  state: (at: string) => `Así estaba el ${formatLongInstant(at)}, según los hechos y las versiones que se guardaron.`,
  notYet: (at: string) => `El ${formatLongInstant(at)} este ejercicio todavía no se había pedido.`,
  ask: 'Otra fecha',
  submit: 'Ver a esa fecha',
  steps: 'Pasos',
  content: (code: string) => `Ver el contenido del paso ${code}`,
  contentOf: (code: string, title: string) => `Contenido del paso ${code} a esa fecha: ${title}`,
  withheld: 'Este contenido puede llevar datos personales y aquí no se muestra. Su huella está en la lista.',
  today: 'El ejercicio como está hoy',
}

const TURN: Record<TaskKind, string> = {
  elaborate: 'elaborarlo',
  review: 'revisarlo',
  approve: 'aprobarlo',
  consent: 'darle visto bueno',
  decide_reopening: 'decidir si se reabre',
  confirm_columns: 'confirmar columnas que cambiaron',
}

/** How a step stood, in sentences: since when, on which version, who had signed, whose turn it was and until when. */
export function stepThenSentence(step: StepThen, names: DutyNames): string {
  const { since, version, signatures, waiting, term } = step
  const said = [
    since ? `Así desde el ${formatInstant(since)}.` : null,
    version ? `Versión ${version.n}, enviada por ${version.frozenBy} el ${formatInstant(version.frozenAt)}.` : null,
    ...signatures.map((one) => {
      const how =
        one.verdict === 'return' ? 'Devolvió' : one.role === 'consent' ? 'Dio visto bueno' : signatureRoleText[one.role]
      return `${how} ${one.positionName}${one.actingFor ? `, por delegación de ${one.actingFor}` : ''}, el ${formatInstant(one.signedAt)}.`
    }),
    ...waiting.map(({ kind, duty }) => `A ${dutyName(duty, names)} le correspondía ${TURN[kind]}.`),
    term ? `Plazo de ${term.workingDays} días hábiles, hasta el ${formatDay(term.dueDate)}.` : null,
  ]
  return said.filter((one) => one !== null).join(' ')
}

export const askedKindText: Record<Exclude<AskedKind, 'area'>, string> = {
  record: 'Un registro de captura',
  grant: 'Un acceso delegado',
  cycle: 'Un ejercicio',
  step: 'Un paso de un ejercicio',
  sources: 'Las fuentes de un ejercicio',
  releases: 'Las publicaciones de un ejercicio',
  risk: 'Un riesgo',
}

/** Areas that are not open to everybody. */
export const askedAreaText: Partial<Record<Area, string>> = {
  audit: `El área de ${menuText.auditoria}`,
  administration: `El área de ${menuText.administracion}`,
  connections: `El área de ${menuText.conexiones}`,
}

export const momentFaultText: Record<MomentFault, string> = {
  date_missing: 'Escriba la fecha por la que pregunta.',
  date_unreal: 'Esa fecha no existe. Escríbala con año, mes y día.',
  date_future: 'Esa fecha no ha llegado: solo se responde por fechas pasadas o por hoy.',
  time_unreal: 'Escriba la hora entre 00:00 y 23:59.',
  time_future: 'Esa hora no ha llegado: solo se responde por momentos pasados.',
  known_unreal: 'Esa fecha no existe. Escríbala con año, mes y día, o déjela vacía.',
  known_future: 'Nadie sabe lo que se registrará después de hoy. Escriba una fecha pasada, o déjela vacía.',
}

/** The sentence of a fault, by the field beside which it stands. */
export function momentFaults(fault: MomentFault): Partial<Record<'fecha' | 'hora' | 'conocido', string>> {
  const about = fault.startsWith('time') ? 'hora' : 'fecha'
  return { [fault.startsWith('known') ? 'conocido' : about]: momentFaultText[fault] }
}

const RIGHTS: Record<AskedKind, Record<string, string>> = {
  record: { read: 'consultar', correct: 'corregir' },
  grant: { read: 'consultar', accept: 'aceptar', decide: 'aprobar o negar', withdraw: 'retirar', revoke: 'revocar' },
  cycle: { read: 'consultar', cancel: 'cancelar' },
  step: { read: 'consultar', edit: 'elaborar', submit: 'enviar', decide: 'revisar o aprobar', reopen: 'reabrir' },
  sources: { read: 'consultar', attach: 'agregar', analyse: 'analizar', reveal: 'revelar columnas reservadas de' },
  releases: { read: 'consultar', prepare: 'preparar', sign: 'firmar', schedule: 'programar', withdraw: 'retirar' },
  risk: { read: 'consultar', keep: 'valorar', check: 'mandar verificar' },
  area: { enter: 'abrir' },
}

interface Said {
  kind: AskedKind
  code: string
  stepCode: string
  existed: boolean
  cycleId: string | null
}

function objectName({ kind, code, stepCode }: Said): string {
  const ofCycle = `del ejercicio con radicado ${code}`
  switch (kind) {
    case 'record':
      return `el registro ${code}`
    case 'grant':
      return `el acceso ${code}`
    case 'risk':
      return `el riesgo ${code}`
    case 'step':
      return `el paso ${stepCode} ${ofCycle}`
    case 'sources':
      return `las fuentes ${ofCycle}`
    case 'releases':
      return `las publicaciones ${ofCycle}`
    case 'cycle':
      return `el ejercicio con radicado ${code}`
    case 'area':
      return (askedAreaText[code as Area] ?? code).replace('El área', 'el área')
  }
}

export interface AnswerFacts {
  object: Said
  person: PersonThen
  rules: { n: number; hash: string; since: Date; wasKept: boolean }
  rights: RightThen[]
  grants: JudgedGrant[]
}

interface Around {
  person: string
  moment: Moment
  names: DutyNames
}

/** The answer as a page shows it: sentences, and the ids its links need. */
export function saidAsOf({ object, rules, rights, grants }: AnswerFacts, { person, moment, names }: Around) {
  const main = rights[0]
  const inForce = grants.find(({ isInForce }) => isInForce)
  const when = `el ${formatLongInstant(moment.at)}`
  const what = objectName(object)
  const verb = main ? (RIGHTS[object.kind][main.action] ?? '') : ''
  const may = main?.verdict.may === true
  const why = main ? reason(main, object.kind, inForce, names) : 'todavía no existía'
  const by = main?.verdict.may ? main.verdict.by : null
  return {
    may,
    sentence: !main
      ? `No: ${when}, ${what} ${why}.`
      : `${may ? 'Sí' : 'No'}: ${when}, ${person} ${may ? 'podía' : 'no podía'} ${verb} ${what}, ${why}.`,
    rule: main ? `${capital(verb)} ${what}: ${asked(main.asking, names)}.` : null,
    version: versionOf(rules),
    hash: rules.hash,
    held: by && heldSentence(by),
    access:
      may && main?.verdict.may && main.verdict.hold === 'scope' && inForce
        ? { id: inForce.id, code: inForce.code }
        : null,
    others: rights.slice(1).map((right) => ({
      action: right.action,
      name: capital(`${RIGHTS[object.kind][right.action] ?? ''} ${what}`),
      may: right.verdict.may,
      why: capital(`${reason(right, object.kind, inForce, names)}.`),
    })),
    isRecord: object.kind === 'record',
    grants: grants.map(({ id, code, status, grounds, startsOn, endsOn }) => ({
      ...{ id, code, status, days: `${formatDay(startsOn)} a ${formatDay(endsOn)}` },
      grounds: Object.entries(grounds).map(([ground, holds]) => GROUNDS_THEN[ground as Ground][holds ? 0 : 1]),
    })),
  }
}

export type SaidAsOf = ReturnType<typeof saidAsOf>

function versionOf({ n, since, wasKept }: AnswerFacts['rules']): string {
  return wasKept
    ? `La ${n}, vigente desde el ${formatInstant(since)}.`
    : `La ${n}, la primera que se guardó (${formatInstant(since)}): las reglas de antes no se guardaban.`
}

function heldSentence({ name, kind, from, to, actReference, actingFor }: PersonThen['held'][number]): string {
  const until = to ? ` hasta el ${formatDay(to)}` : ''
  const how = kind === 'encargado' ? ', por encargo' : ''
  return actingFor
    ? `${name}, en reemplazo de ${actingFor.name} hasta el ${formatDay(actingFor.until)}.`
    : `${name}${how}, desde el ${formatDay(from)}${until} (${actReference}).`
}

/** After «podía … , » or «no podía … , »: why. */
function reason({ verdict }: RightThen, kind: AskedKind, inForce: JudgedGrant | undefined, names: DutyNames): string {
  if (verdict.may) return ground(verdict, inForce)
  if ('absent' in verdict)
    return verdict.absent === 'no_account' ? 'porque no tenía una cuenta abierta' : 'porque no ejercía ningún cargo'
  const { code, facts } = verdict.against
  switch (code) {
    case 'not_visible':
      return kind === 'record'
        ? 'porque ningún acceso suyo estaba vigente para ese punto, formulario y vigencia'
        : 'porque la regla no se lo daba a conocer'
    case 'personal_act':
      return 'porque eso nadie lo hace por otra persona'
    case 'beyond_substitution':
      return 'porque su reemplazo no llegaba hasta eso'
    case 'not_the_grantee':
      return 'porque solo lo hace la persona a quien se le da'
    case 'area_closed':
      return 'porque no estaba abierta para su cargo'
    default:
      return facts.duties
        ? `porque le correspondía a ${dutyNames(facts.duties, names)}`
        : 'porque le correspondía a otro cargo'
  }
}

function ground({ hold, by }: Extract<Verdict, { may: true }>, inForce: JudgedGrant | undefined): string {
  const position = `su cargo «${by.name}»${by.actingFor ? `, en reemplazo de ${by.actingFor.name}` : ''}`
  switch (hold) {
    case 'scope':
      return `por el acceso ${inForce?.code ?? ''}`
    case 'person':
      return 'porque el acceso es suyo'
    case 'position':
      return `porque la regla nombra ${position}`
    case 'duty':
      return `por la función de ${position}`
    case 'entity':
      return `como toda persona de la entidad que ejerce un cargo; el suyo era «${by.name}»`
  }
}

/** What the rule asks, in words. */
function asked(asking: readonly Asking[], names: DutyNames): string {
  if (asking.length === 0) return 'lo puede quien ejerza cualquier cargo de la entidad'
  return `se necesita ${asking.map((one) => either(one, names)).join(', y además ')}`
}

function either({ asked: whose, duties }: Asking, names: DutyNames): string {
  const one = [
    ...(whose.includes('$scopes') ? ['un acceso vigente para su punto, formulario y vigencia'] : []),
    ...(whose.includes('$person') ? ['ser la persona de quien se trata'] : []),
    ...(whose.includes('$position') ? ['ocupar el cargo que dirige el organismo o responde por ello'] : []),
    ...(duties.length > 0 ? [`ejercer como ${dutyNames([...new Set(duties)].join(','), names)}`] : []),
  ]
  return one.join(', o ')
}

const GROUNDS_THEN: Record<Ground, [holds: string, fails: string]> = {
  granted: ['Estaba aprobado.', 'No estaba aprobado.'],
  begun: ['Ya había comenzado.', 'No había comenzado.'],
  not_over: ['No había terminado.', 'Ya había terminado.'],
  account: ['La persona tenía su cuenta abierta.', 'La persona no tenía una cuenta abierta.'],
  at_work: ['La persona ejercía un cargo.', 'La persona no ejercía ningún cargo.'],
  point_open: ['El punto estaba abierto.', 'El punto estaba cerrado.'],
  not_ending: ['Nadie había ordenado que terminara.', 'Había una orden de terminarlo que ya debía cumplirse.'],
}
