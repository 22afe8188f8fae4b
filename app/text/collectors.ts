/** Words of the collectors outside that the sealed events are forwarded to (K4). */
import type { CollectorState, ForwardingFailure } from '../../domain/forwarding.ts'
import { outsideFailure } from './connections.ts'
import { formatInstant, formatNumber } from './format.ts'

export const collectorsText = {
  title: 'Integraciones',
  link: 'Reenvío de la bitácora',
  state: (count: number) =>
    count === 0
      ? 'La bitácora todavía no se reenvía a ningún destino.'
      : `La bitácora tiene ${count === 1 ? 'un destino definido' : `${formatNumber(count)} destinos definidos`}.`,
  intro:
    'Cada hecho sellado de la bitácora puede enviarse, en orden y a medida que ocurre, a sistemas que lo vigilan fuera de esta instalación. Solo salen códigos, identificadores, huellas y qué campos del sistema cambiaron: ningún nombre de una persona, documento ni texto que alguien haya escrito.',
  add: 'Definir un destino',
  empty: 'No hay destinos definidos',
  emptyWhy:
    'Un destino es la dirección de un sistema que recoge los hechos de seguridad de la entidad. Su clave se guarda sellada y no se vuelve a mostrar.',
  caption: 'Destinos a los que se reenvía la bitácora',
  columns: { name: 'Nombre', where: 'A dónde', state: 'Estado', sent: 'Enviado hasta', lag: 'Por enviar' },
}

/** How far it was sent the log. Where one begins in the middle, what comes before was never sent. */
export function sentText({ confirmed, confirmedAt }: { confirmed: number; confirmedAt: Date | string | null }): string {
  if (confirmed === 0) return 'Nada todavía'
  const fact = formatNumber(confirmed)
  return confirmedAt === null ? `Nada todavía: empieza después del hecho ${fact}` : `Hecho ${fact}`
}

export const collectorStates: Record<CollectorState, string> = {
  sending: 'Enviando',
  trying: 'Reintentando',
  stopped: 'Detenido por un fallo',
  paused: 'Detenido',
}

/** Events that wait, and since when the oldest does. */
export function lagText({ events, since }: { events: number; since: Date | string | null }): string {
  if (events === 0) return 'Al día'
  const many = events === 1 ? 'Un hecho' : `${formatNumber(events)} hechos`
  return since === null ? many : `${many}, desde el ${formatInstant(since)}`
}

/** One sentence: what the collector answered, and what to do. */
export function forwardingFailure({ code, status }: ForwardingFailure): string {
  const words = status === null ? '' : ` (${status})`
  if (code === 'http_status' && status !== null && status < 500)
    return `El destino no aceptó los hechos que se le enviaron${words}. Pida a quien lo administra que revise cómo los recibe.`
  if (code === 'http_status')
    return `El destino respondió con un error${words}. Se reintenta solo; si sigue, avise a quien lo administra.`
  if (code === 'redirect_barred')
    return `El destino responde que se mudó a otra dirección${words}, y los hechos no se envían a ninguna que no se haya escrito aquí. Escriba la dirección final.`
  if (code === 'secret_unreadable')
    return 'La clave de este destino ya no se puede abrir, porque cambió el secreto de la instalación. Escríbala de nuevo y reanude el reenvío.'
  if (code === 'seal_broken')
    return 'El hecho que sigue se selló y ya no está en la bitácora: alguien lo borró por fuera del sistema, y el reenvío no se lo salta. Avise a control interno; «Verificación de la bitácora» dice cuál es.'
  return outsideFailure(code, status === null ? {} : { status })
}

export const collectorText = {
  newTitle: 'Definir un destino',
  newState: 'Escriba la dirección que recibe los hechos y, si pide una, su clave. La clave se guarda sellada.',
  data: 'Datos del destino',
  dataState: 'Lo que cambie queda en la bitácora; de la clave solo queda que cambió.',
  name: 'Nombre',
  nameHelp: 'Por ejemplo: SIEM de la entidad.',
  url: 'Dirección que recibe los hechos',
  urlHelp:
    'Con https:// siempre que se pueda. Lo que va después de ? puede ser una clave: se guarda sellado y no se muestra.',
  urlKept: 'Dirección nueva (opcional)',
  urlKeptHelp: (address: string) =>
    `La guardada empieza por ${address}. Si deja el campo vacío, sigue la misma; si cambia el certificado, escríbala de nuevo.`,
  headerName: 'Encabezado con la clave (opcional)',
  headerHelp: 'Por ejemplo Authorization, con el valor «Bearer» y la clave.',
  headerValue: 'Valor del encabezado',
  headerKept: 'Valor nuevo del encabezado (opcional)',
  headerKeptHelp:
    'El guardado no se muestra. Si deja el campo vacío, sigue el mismo; si cambia la dirección a otro servidor, escríbalo de nuevo.',
  beginning: 'Desde dónde empieza',
  beginnings: {
    everything: 'Desde el primer hecho de la bitácora',
    from_now: 'Desde lo que se selle de ahora en adelante',
  },
  save: 'Guardar el destino',
  progress: 'Cómo va',
  progressState: {
    sending: 'Los hechos se envían a medida que se sellan.',
    trying:
      'El destino no está recibiendo. Se reintenta solo, cada vez con más espera, hasta cinco minutos; no se pierde nada.',
    stopped:
      'El reenvío se detuvo: intentarlo otra vez daría lo mismo. Abajo dice por qué; corríjalo y reanúdelo: sigue donde iba.',
    paused: 'Alguien detuvo el reenvío. Al reanudarlo sigue donde iba.',
  } satisfies Record<CollectorState, string>,
  state: 'Estado',
  sent: 'Enviado hasta',
  sentAt: 'Última vez que recibió',
  never: 'Nunca',
  lag: 'Por enviar',
  error: 'Qué pasó',
  errorSince: (since: Date | string) => `Desde el ${formatInstant(since)}.`,
  pause: 'Detener el reenvío',
  resume: 'Reanudar el reenvío',
  tryNow: 'Reintentar ahora',
  again: 'Enviar de nuevo',
  againWhy:
    'Si el destino perdió hechos, se le envían otra vez desde el que usted diga, en orden, con los mismos números. Los que ya tenga le llegan repetidos, y los reconoce por su número.',
  againFrom: 'Enviar de nuevo desde el hecho número',
  againHelp: (confirmed: number) => `El primero de la bitácora es el 1; el último enviado es el ${confirmed}.`,
  addedBy: (person: string, instant: string) => `Lo definió ${person} el ${instant}.`,
  retire: 'Retirar el destino',
  retireWhy: 'No se le envía nada más y su clave se destruye. Lo que ya recibió, lo conserva.',
}

/** Beside each field that is left out. */
export const collectorMissing: Record<string, string> = {
  name: 'Escriba el nombre del destino.',
  url: 'Escriba la dirección que recibe los hechos.',
  headerValue: 'Escriba el valor del encabezado.',
  from: 'Escriba el número del hecho.',
}

export const collectorDone: Record<string, string> = {
  definido: 'El destino quedó guardado y los hechos empiezan a enviarse.',
  cambiado: 'Los cambios quedaron guardados.',
  detenido: 'El reenvío se detuvo.',
  reanudado: 'El reenvío sigue donde iba.',
  repetido: 'Los hechos se envían de nuevo desde el que usted dijo.',
  retirado: 'El destino se retiró y su clave se destruyó.',
}

/** Where collectors are listed, and the form that defines one. */
export const COLLECTORS = '/administracion/integraciones'
export const COLLECTOR_FORM = 'destino'
export const collectorsCrumb = { label: collectorsText.title, to: COLLECTORS }
