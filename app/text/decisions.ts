import type { StepStatus } from '../../domain/cycle-state.ts'
import type { DecisionKind } from '../../domain/decisions.ts'
import { formatDay, formatDaysLeft, formatInstant } from './format.ts'
import { stepStateText } from './states.ts'

/** Deciding a step, reopening one, and the receipts of acts. */
export const decisionText = {
  crumb: 'Decidir',
  title: (code: string) => `Decidir · Paso ${code}`,
  state: {
    reviewer:
      'Usted revisa exactamente este contenido. Si cumple, sigue a aprobación; si no, devuélvalo con observaciones.',
    approver: 'Usted aprueba exactamente este contenido, o lo devuelve con observaciones.',
    consent: 'Usted da visto bueno a exactamente este contenido, o lo devuelve con observaciones.',
  },
  onlyReturn: 'Usted solo puede devolverlo con observaciones.',
  content: (n: number, by: string, at: Date) => `Versión ${n}, enviada por ${by} el ${formatInstant(at)}`,
  until: (day: string, left: number) => `Vence el ${formatDay(day)}, ${formatDaysLeft(left)}.`,
  contentHash: 'contenido',
  snapshot: 'Contenido que se decide',
  changesTitle: (count: number) => `Qué cambió desde la última devolución (${count})`,
  changesSame: 'El contenido es igual al de la versión devuelta.',
  changesCaption: 'Cambios entre la versión devuelta y esta',
  before: 'Antes',
  after: 'Ahora',
  field: 'Campo',
  empty: 'Sin responder',
  lastObservations: 'Observaciones con las que se devolvió',
  verdict: 'Su decisión',
  jump: 'Ir a su decisión',
  approve: { reviewer: 'Revisado: cumple', approver: 'Aprobar', consent: 'Dar visto bueno' },
  returnLabel: 'Devolver con observaciones',
  statement: 'Al decidir, usted declara:',
  statementReturn: 'Si devuelve:',
  signing:
    'Al firmar queda su nombre, su cargo, la fecha y la hora sobre exactamente este contenido (Ley 527 de 1999, Decreto 2364 de 2012).',
  observations: 'Observaciones por grupo',
  observationsHelp: 'Para devolver escriba al menos una. Las lee quien elabora, al lado de cada grupo.',
  observationOn: (group: string) => `Sobre «${group}»`,
  observationsNotSent:
    'Escribió observaciones: para enviarlas use «Devolver con observaciones». Si va a aprobar, bórrelas.',
  password: 'Su contraseña',
  passwordHelp: 'Se pide porque pasaron más de cinco minutos desde la última vez que la escribió.',
  code: 'Código de su segundo factor',
  codeHelp: 'Los seis dígitos que muestra ahora su aplicación, o un código de recuperación. Cada código sirve una vez.',
  codeMissing: 'Escriba también el código de su segundo factor.',
  codeWrong: 'El código no es correcto o ya se usó. Espere a que cambie en su aplicación y escriba el nuevo.',
  factorMissing:
    'Su entidad exige un segundo factor para firmar. Actívelo en «Mi cuenta», en el menú de su cargo, y vuelva a esta página.',
  directoryHelp:
    'Han pasado más de cinco minutos desde que el directorio comprobó su identidad. Confírmela allí: se abre otra pestaña y lo que escribió aquí se conserva.',
  directoryLink: 'Confirmar su identidad en el directorio',
  directoryMissing: 'Confirme su identidad en el directorio con el enlace y vuelva a enviar desde esta pestaña.',
  passwordMissing: 'Escriba su contraseña para firmar.',
  passwordWrong: 'La contraseña no es correcta. Escríbala de nuevo.',
  passwordThrottled: 'Se hicieron demasiados intentos. Espere quince minutos y vuelva a intentarlo.',
  whyNot: 'Usted no puede decidir este paso ahora',
  nothing: 'Este paso no tiene un contenido por decidir en este momento.',
  toStep: 'Volver al paso',
  notTaken: 'Lo que escribió no se guardó. Cópielo si todavía lo necesita:',
  changedTitle: 'El contenido cambió desde que usted lo abrió',
  changedIntro: 'Esto es lo que cambió. Lea el contenido de ahora y decida de nuevo; lo que escribió sigue abajo.',
}

export const reopenText = {
  crumb: 'Reabrir',
  askTitle: (code: string) => `Pedir que se reabra el paso ${code}`,
  answerTitle: (code: string) => `Decidir la reapertura del paso ${code}`,
  askState: (duties: string) => `La decide ${duties}. Mientras tanto nada cambia.`,
  answerState: 'Si lo reabre, empieza un intento nuevo del paso. Esto es lo que cambiaría.',
  asked: (by: string, at: Date) => `${by} lo pidió el ${formatInstant(at)}:`,
  effects: 'Qué cambia si se reabre',
  own: (code: string) =>
    `El paso ${code} vuelve a quedar en curso, con su contenido como punto de partida y un plazo nuevo.`,
  effect: (code: string, title: string, from: StepStatus, to: StepStatus) =>
    `Paso ${code} (${title}): de «${stepStateText[from]}» pasa a «${stepStateText[to]}».`,
  noEffects: 'Ningún otro paso cambia de estado.',
  superseded: 'Las tareas, los plazos y los recordatorios abiertos de esos pasos dejan de correr. Nada se borra.',
  restored: 'Si el paso se vuelve a aprobar con el mismo contenido, las aprobaciones vencidas se recuperan.',
  reasonAsk: 'Motivo de la solicitud',
  reasonAnswer: 'Motivo de su decisión',
  ask: 'Pedir la reapertura',
  reopen: 'Reabrir el paso',
  decline: 'No reabrir',
  notAllowed: 'Usted no puede hacerlo ahora',
}

const DONE: Record<DecisionKind | 'start', (step: string) => string> = {
  start: () => 'Se inició el ejercicio.',
  submit: (step) => `El paso ${step} fue enviado a revisión.`,
  approve: (step) => `Usted firmó el paso ${step}.`,
  return: (step) => `El paso ${step} fue devuelto con observaciones.`,
  withdraw: (step) => `Se retiró el envío del paso ${step}.`,
  ask_reopen: (step) => `Se pidió reabrir el paso ${step}.`,
  reopen: (step) => `El paso ${step} se reabrió.`,
  decline_reopen: (step) => `El paso ${step} no se reabre.`,
  cancel: () => 'El ejercicio se canceló.',
}

const ASKED: Record<DecisionKind | 'start', (step: string) => string> = {
  start: () => 'Iniciar el ejercicio',
  submit: (step) => `Enviar el paso ${step} a revisión`,
  approve: (step) => `Firmar el paso ${step}`,
  return: (step) => `Devolver el paso ${step}`,
  withdraw: (step) => `Retirar el envío del paso ${step}`,
  ask_reopen: (step) => `Pedir que se reabra el paso ${step}`,
  reopen: (step) => `Reabrir el paso ${step}`,
  decline_reopen: (step) => `No reabrir el paso ${step}`,
  cancel: () => 'Cancelar el ejercicio',
}

export const actText = {
  crumb: 'Comprobante',
  title: { pending: 'En trámite', settled: 'Comprobante', refused: 'No se pudo registrar' },
  done: (kind: DecisionKind | 'start', step: string | null) => DONE[kind](step ?? ''),
  /** For whoever reads the receipt of somebody else. */
  doneByOther: (kind: DecisionKind | 'start', step: string | null) =>
    kind === 'approve' ? `El paso ${step ?? ''} quedó con esta firma.` : DONE[kind](step ?? ''),
  asked: (kind: DecisionKind | 'start', step: string | null) => ASKED[kind](step ?? ''),
  who: 'Quién',
  whoLine: (person: string, position: string, actingFor: string | null) => {
    const who = person === position ? position : `${person}, ${position}`
    return actingFor ? `${who}, por delegación de ${actingFor}` : who
  },
  when: 'Cuándo',
  content: 'Contenido firmado',
  contentUnsigned: 'Contenido',
  reason: 'Motivo',
  statement: 'Lo que se declaró',
  method: 'Cómo se identificó',
  pendingState: 'Esta página se actualiza cada tres segundos; también puede irse.',
  refusedState: (sentence: string) => `No se registró. ${sentence}`,
  copy: 'Enviarme una copia por correo',
  sent: { copia: 'La copia del comprobante va en camino a su correo de avisos.' } as Record<string, string>,
  nextTitle: 'Qué sigue',
  nextDone: 'El ejercicio no tiene más pasos por decidir.',
  toStep: (code: string) => `Ver el paso ${code}`,
  toCycle: 'Ver el ejercicio',
  toInbox: 'Ir a mi bandeja',
}

export const noticesText = {
  title: 'Sus actos recientes',
  pending: (asked: string, name: string) =>
    `En trámite: ${asked} (${name}). Se registra por sí solo; no hace falta repetirlo.`,
  refused: (asked: string, name: string, why: string) => `No se pudo registrar: ${asked} (${name}). ${why}`,
  see: 'Ver el comprobante',
}
