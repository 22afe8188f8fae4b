import type { Ground } from '../../domain/grants.ts'
import { formatDay, formatInstant } from './format.ts'

/** What has to hold, as it does or does not. */
const GROUND_TEXT: Record<Ground, [holds: string, fails: string]> = {
  granted: ['El acceso está aprobado.', 'El acceso no está aprobado.'],
  begun: ['Ya comenzó.', 'Todavía no comienza.'],
  not_over: ['No ha terminado.', 'Ya terminó.'],
  account: ['La persona tiene su cuenta abierta.', 'La persona no tiene una cuenta abierta.'],
  at_work: ['La persona ejerce hoy un cargo.', 'La persona no ejerce hoy ningún cargo.'],
  point_open: ['El punto de atención está abierto.', 'El punto de atención está cerrado.'],
  not_ending: ['Nadie ha ordenado que termine.', 'Hay una orden de terminarlo que ya debía cumplirse.'],
}

export function groundSentence(ground: Ground, holds: boolean): string {
  return GROUND_TEXT[ground][holds ? 0 : 1]
}

/** Why a person may or may not enter citizens' data (J2). */
export const accessGroundsText = {
  title: '¿Por qué puede o no puede?',
  link: '¿Por qué puedo o no puedo?',
  linkOf: '¿Por qué puede o no puede registrar datos?',
  state: (name: string) => `Se responde con los accesos de ${name}, tal como se le responde cuando intenta entrar.`,
  self: 'Usted',
  ofRecord: 'Se pregunta por el registro',
  recordRule:
    'Lo ve y lo corrige quien tiene hoy un acceso vigente para el punto, el formulario y la vigencia en que se registró; nadie más sabe que existe.',
  askTitle: 'Qué quiere saber',
  other: 'Otra persona, por nombre',
  find: 'Buscar',
  otherHelp: 'Escriba una parte del nombre y elija a la persona de la lista.',
  nobody: 'Nadie de la entidad coincide con ese nombre.',
  point: 'Punto de atención',
  choosePoint: 'Elija el punto',
  form: 'Formulario',
  submit: 'Ver por qué',
  answerTitle: 'Respuesta',
  yes: 'Sí: hoy puede registrar datos.',
  no: 'No: hoy no puede registrar datos.',
  none: (point: string) => `Nadie ha pedido ni dado un acceso a esta persona para ${point} con este formulario.`,
  facts: {
    rule: 'Regla',
    access: 'Acceso',
    act: 'Acto que lo dio',
    until: 'Vence',
    change: 'Quién puede cambiarlo',
    ask: 'Quién puede darlo',
  },
  rule: 'Registra datos quien tiene para ese punto y formulario un acceso aprobado de la vigencia, ejerce un cargo y tiene cuenta abierta, mientras el punto esté abierto (Ley 1581 de 2012, artículo 4: acceso y circulación restringida).',
  act: (by: string, at: Date | string) => `Lo aprobó ${by} el ${formatInstant(at)}.`,
  receipt: (code: string) => `Comprobante ${code}`,
  until: (day: string) => `El ${formatDay(day)}, al terminar el día.`,
  change: (heads: string, leads: string) =>
    `Lo revocan ${heads}, que dirige el organismo, o ${leads}, que lidera el proceso.`,
  ask: (heads: string, leads: string) =>
    `Lo pide ${heads}, que dirige el organismo; lo decide ${leads}, que lidera el proceso.`,
  vacant: 'un cargo que hoy no existe',
  grantsTitle: 'Sus accesos a este punto y formulario',
  holds: 'Se cumple',
  fails: 'No se cumple',
}

export function namesOf(positions: readonly string[]): string {
  return positions.length > 0 ? positions.join(' o ') : accessGroundsText.vacant
}
