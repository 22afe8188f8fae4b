import type { SignatureRole } from '../../domain/procedures.ts'
import { formatDay, formatDaysLeft, formatInstant, formatTime } from './format.ts'
import { lowered } from './letters.ts'

/** The page of a step: form, checklist, term, signatures, comments. */
export const stepText = {
  crumb: (code: string) => `Paso ${code}`,
  title: (code: string, title: string) => `Paso ${code} · ${title}`,
  attempt: (n: number) => `Intento ${n}`,
  about: 'Qué pide el procedimiento',
  registers: 'Registros que produce',
  review: 'Revisar y enviar',
  save: 'Guardar borrador',
  decide: 'Revisar y decidir',
  withdraw: 'Retirar el envío',
  askReopen: 'Pedir que se reabra',
  answerReopen: 'Decidir la reapertura',
  optional: (label: string) => `${label} (opcional)`,
  onlyIf: (label: string, answers: string[]) => `Responda solo si en «${label}» eligió: ${answers.join(' o ')}.`,
  choose: 'Elija una opción',
  gone: (code: string) => `${code} (ya no existe)`,
  noOptions:
    'Todavía no hay opciones para elegir: vienen de pasos anteriores o de lo que se agregue en este ejercicio.',
  /** Where parts of the work of a step are done, by its code. */
  workplaces: {
    '2': [{ path: '/variables', words: 'Catálogo de variables' }],
    '3': [{ path: 'fuentes', words: 'Fuentes de datos' }],
    '4': [
      { path: 'analisis', words: 'Análisis de la fuente' },
      { path: 'segmentos', words: 'Segmentos' },
    ],
    '5': [
      { path: 'analisis', words: 'Análisis de la fuente' },
      { path: 'cobertura', words: 'Cobertura' },
    ],
    '6': [
      { path: 'informe', words: 'Informe por secciones' },
      { path: 'cobertura', words: 'Cobertura' },
    ],
    '7': [{ path: 'divulgacion', words: 'Divulgación y publicación' }],
  } as Partial<Record<string, { path: string; words: string }[]>>,
  add: (item: string) => `Agregar ${item.toLowerCase()}`,
  remove: 'Quitar',
  removeRow: (item: string, n: number) => `Quitar ${item.toLowerCase()} ${n}`,
  row: (item: string, n: number) => `${item} ${n}`,
  empty: (label: string) => `Todavía no hay filas en «${label}».`,
  source: (source: string) => `Según ${source}.`,
  observationsHere: 'Observaciones al devolver',
  readOnly: {
    draft: 'Este es el borrador como va hasta ahora. No ha sido enviado a revisión.',
    frozen: (n: number, by: string, at: Date) =>
      `Esta es la versión ${n}, como la envió ${by} el ${formatInstant(at)}.`,
    nothing: 'Este paso todavía no tiene contenido.',
    whyNot: (sentence: string) => `No puede editarlo: ${lowered(sentence)}`,
  },
  notAnswered: 'Sin responder',
  notSaved: 'No se guardó lo que usted escribió',
  typed: 'Ver lo que usted escribió, para copiarlo',
  restored:
    'Si ese paso se aprueba otra vez con el mismo contenido, esta aprobación se recupera; si cambió, este paso se decide de nuevo.',
  underWay: 'Hay un acto en trámite sobre este paso.',
  seeAct: 'Ver cómo va',
  versions: 'Versiones enviadas',
  version: (n: number) => `Versión ${n}`,
  versionLine: (by: string, at: Date) => `la envió ${by} el ${formatInstant(at)}`,
  snapshotTitle: (n: number, code: string) => `Paso ${code} · Versión ${n}`,
  snapshotState: (by: string, at: Date) =>
    `Contenido congelado: lo envió ${by} el ${formatInstant(at)}. No cambia nunca.`,
}

export const returnedText = {
  title: 'Devuelto con observaciones',
  by: (position: string, at: Date) =>
    `${position} lo devolvió el ${formatInstant(at)}. Corrija lo que se pide y envíelo de nuevo.`,
  general: 'General',
}

export const savingText = {
  saved: (at: Date | string) => `Guardado ${formatTime(at)}`,
  savedBy: (at: Date | string, by: string) => `Guardado ${formatInstant(at)} por ${by}`,
  never: 'Sin cambios por guardar',
  pending: 'Sin guardar…',
  saving: 'Guardando…',
  offline: 'Sin conexión. Lo que escribe sigue en esta página y se guarda cuando vuelva la conexión.',
  invalid: 'No se guardó: corrija los campos señalados.',
  signedOut: 'Su sesión terminó. Ingrese de nuevo en otra pestaña y siga: lo que escribió no se pierde.',
  refused: (sentence: string) => `No se guardó. ${sentence}`,
  conflict: 'Otra persona guardó este borrador. Compare las dos versiones antes de seguir.',
  leave: 'Hay cambios sin guardar. ¿Salir de todas formas?',
}

export const conflictText = {
  title: 'Hay dos versiones de este borrador',
  intro: (by: string, at: Date | string) =>
    `${by} guardó este borrador el ${formatInstant(at)}, mientras usted escribía. No se ha sobrescrito nada. Elija con qué se queda en cada campo y guarde: lo que solo cambió uno de los dos ya viene elegido.`,
  mine: 'Lo que usted escribió',
  theirs: (by: string) => `Lo que guardó ${by}`,
  theirsAt: (by: string, at: string) => `Lo que guardó ${by} el ${formatInstant(at)}`,
  joined: 'Las dos, una después de la otra',
  bothMark: 'Los dos lo cambiaron',
  both: 'Elija con cuál se queda.',
  onlyMine: 'Solo lo cambió usted.',
  onlyTheirs: 'Solo lo cambió la otra persona.',
  same: 'Las dos versiones son iguales.',
  submit: 'Guardar con lo elegido',
  drop: 'Descartar lo mío y ver lo guardado',
  someone: 'Otra persona',
  empty: 'Sin responder',
}

interface Other {
  position: string
  where: string
  isOpen: boolean
  since: Date | string
  savedAt: Date | string | null
}

/** Who else has the draft open now, or saved it a moment ago (A7). */
export const presenceText = {
  open: ({ position, where, since }: Other, of: 'step' | 'section') => {
    const { words, isFeminine } = placeWords(where, of)
    return `${position} tiene ${isFeminine ? 'abierta' : 'abierto'} ${words} desde las ${formatTime(since)}`
  },
  line: (other: Other, of: 'step' | 'section') => {
    const { position, where, isOpen, savedAt } = other
    if (!isOpen) return `${position} guardó ${placeWords(where, of).words} a las ${formatTime(savedAt ?? '')}.`
    const saved = savedAt ? `lo último que guardó es de las ${formatTime(savedAt)}` : 'todavía no ha guardado nada'
    return `${presenceText.open(other, of)}; ${saved}.`
  },
  bothSave: 'Pueden escribir los dos: si guardan lo mismo, podrán juntar lo que escribieron.',
}

function placeWords(where: string, of: 'step' | 'section') {
  if (where === 'whole') return { words: 'el paso completo', isFeminine: false }
  if (where !== 'here') return { words: `la sección «${where}»`, isFeminine: true }
  return of === 'step' ? { words: 'este paso', isFeminine: false } : { words: 'esta sección', isFeminine: true }
}

export const checklistText = {
  title: 'Lista de verificación',
  progress: (done: number, total: number) => `${done} de ${total} grupos completos`,
  ready: 'Está completo: puede enviarlo a revisión.',
  complete: 'Tiene todo lo que el procedimiento pide para este paso.',
  done: 'Completo',
  missing: 'Falta',
  rest: (n: number) => (n === 1 ? 'Y una cosa más.' : `Y ${n} cosas más.`),
}

export const termBoxText = {
  title: 'Plazo',
  due: (day: string) => `Vence el ${formatDay(day)}`,
  left: (days: number) => `${formatDaysLeft(days)}.`,
  ended: (day: string) => `El plazo era hasta el ${formatDay(day)}.`,
  how: '¿Cómo se calcula?',
  explanation: (start: string, days: number) =>
    `${days} ${days === 1 ? 'día hábil' : 'días hábiles'} contados desde el día siguiente al ${formatDay(start)}.`,
  counted: (n: number) => `día hábil ${n}`,
  notCounted: (reason: string) => `no cuenta: ${reason}`,
  caption: 'Cuenta día por día',
  day: 'Día',
  counts: 'Cuenta',
  calendar: (version: string) => `Calendario de la entidad, versión ${version}.`,
  none: 'El plazo empieza a correr cuando el paso se abre.',
}

export const signatureRoleText: Record<SignatureRole, string> = {
  author: 'Elaboró',
  reviewer: 'Revisó',
  approver: 'Aprobó',
  consent: 'Visto bueno',
}

export const signaturesText = {
  title: 'Firmas',
  signed: ({ name, at, actingFor }: { name: string; at: Date | string; actingFor: string | null }) =>
    `${name}, ${actingFor ? `por delegación de ${actingFor}, ` : ''}${formatInstant(at)}`,
  pending: (duty: string) => `Falta ${duty}`,
  encargado: '(encargo)',
  receipt: 'Comprobante',
}

export const reviewText = {
  title: 'Revise sus respuestas',
  crumb: 'Revise sus respuestas',
  state: (code: string) =>
    `Así quedará el paso ${code} cuando lo envíe. Al enviarlo se congela: para volver a editarlo tendrá que retirar el envío.`,
  change: 'Cambiar',
  changeOf: (label: string) => `Cambiar ${label}`,
  incompleteTitle: 'Todavía falta para poder enviarlo',
  statement: 'Lo que usted declara al enviar',
  next: (duties: string) => `Después de enviarlo lo revisa ${duties}.`,
  submit: 'Enviar a revisión',
  back: 'Volver a editar',
  changedMeanwhile: 'El borrador cambió desde que usted abrió esta página. Revise de nuevo y envíe.',
}

export const withdrawText = {
  title: (code: string) => `Retirar el envío del paso ${code}`,
  crumb: 'Retirar el envío',
  state: 'El paso vuelve a quedar en curso con el contenido que envió, para que lo corrija y lo envíe de nuevo.',
  effects: 'Qué pasa al retirarlo',
  effectList: [
    'Quien lo estaba revisando o decidiendo deja de verlo en su bandeja.',
    'Las firmas de revisión que ya tenga esta versión no valen para la siguiente.',
    'El plazo sigue corriendo.',
  ],
  reason: 'Motivo',
  submit: 'Retirar el envío',
  notAllowed: 'No puede retirar este envío',
}
