import type { ContentKind, DisposalStatus, DisposalVerdict } from '../../domain/disposal.ts'
import { formatBytes, formatDate, formatInstant, formatNumber } from './format.ts'
import { capital } from './letters.ts'

const KINDS: Record<ContentKind, string> = {
  content: 'contenido congelado de un paso y su imagen',
  draft: 'borrador de un paso',
  proposal: 'propuesta de redacción',
  correction: 'corrección descartada de una publicación',
  attachment: 'archivo adjunto',
  comment_file: 'archivo de un comentario',
  received: 'archivo recibido de una fuente',
  head: 'comienzo de un archivo recibido',
  rejects: 'filas rechazadas de un archivo',
  snapshot: 'corte de una fuente',
  document: 'informe impreso',
  document_file: 'informe en otro formato',
}

export const contentKindName = (kind: string): string => KINDS[kind as ContentKind] ?? kind

/** At the beginning of a cell. */
export const contentKindTitle = (kind: string): string => capital(contentKindName(kind))

/** Where the documentary table is read, without the form of whoever keeps it. */
export const RETENTION_TABLE = '/disposicion/tabla'

export const disposalText = {
  title: 'Disposición final',
  state:
    'Los ejercicios terminados, hasta cuándo se conserva cada uno y qué ordena después la tabla de retención documental.',
  table: 'Ver la tabla de retención documental',
  ended: 'Ejercicios terminados',
  endedCaption: 'Ejercicios terminados, el último primero, con su serie y hasta cuándo se conservan',
  emptyTitle: 'No hay ejercicios terminados',
  empty: 'Cuando un ejercicio se cierre o se cancele, aquí se verá hasta cuándo se conserva.',
  columns: {
    cycle: 'Ejercicio',
    series: 'Serie',
    until: 'Se conserva hasta',
    orders: 'Disposición final',
    next: 'Qué sigue',
    code: 'Eliminación',
    state: 'Estado',
    minutes: 'Acta',
    proposed: 'Propuesta',
  },
  noSeries: 'Sin serie',
  propose: 'Proponer la eliminación',
  proposable: 'Terminó su tiempo de retención: se puede proponer su eliminación.',
  list: 'Eliminaciones',
  listCaption: 'Eliminaciones propuestas, decididas y hechas, la última primero',
  listEmpty: 'Nadie ha propuesto eliminar nada.',
  statuses: {
    proposed: 'Por decidir',
    approved: 'Aprobada',
    running: 'En curso',
    done: 'Hecha',
    returned: 'Devuelta',
    withdrawn: 'Retirada',
  } satisfies Record<DisposalStatus, string>,
  waiting: {
    title: 'Eliminaciones por decidir',
    line: (cycle: string, at: string | Date) => `${cycle}, propuesta el ${formatInstant(at)}`,
    open: 'Ver y decidir',
    openOf: (code: string) => `Ver y decidir la eliminación ${code}`,
  },
  sentences: {
    proposed: () => 'Espera la decisión de quien dirige el proceso. Nada se ha eliminado.',
    approved: (at: string | Date | null) =>
      `Está aprobada. Empieza el ${at ? formatInstant(at) : 'día siguiente'}; hasta entonces la pueden retirar la administración y quien dirige el proceso.`,
    running: () => 'Está en curso. Se completa sola, también si el sistema se reinicia.',
    done: (at: string | Date | null) =>
      `Se hizo${at ? ` el ${formatInstant(at)}` : ''}. De cada contenido queda su huella.`,
    returned: () => 'Se devolvió: nada se eliminó y el ejercicio se puede volver a proponer.',
    withdrawn: () => 'Se retiró: nada se eliminó y el ejercicio se puede volver a proponer.',
  } satisfies Record<DisposalStatus, (at: string | Date | null) => string>,
  progress: (removed: number, all: number) =>
    `${formatNumber(removed)} de ${formatNumber(all)} contenidos ya se eliminaron.`,
  proposeTitle: (name: string) => `Proponer la eliminación de «${name}»`,
  proposeState: (series: string, until: string) =>
    `Serie ${series}. Se conservó hasta el ${formatDate(until)}. Esto es lo que se eliminaría.`,
  selection:
    'La tabla ordena selección: conserve antes, por fuera de este inventario, la muestra que el comité haya escogido.',
  minutesTitle: 'Acta del comité',
  minutesIntro:
    'La eliminación la decide el Comité Institucional de Gestión y Desempeño, después de publicar el inventario. Después de proponerla, otra persona la aprueba con su firma; nada se elimina antes.',
  minutesNumber: 'Número del acta del comité',
  minutesDate: 'Fecha del acta',
  submit: 'Proponer',
  inventory: 'Inventario',
  inventoryCaption: 'Contenidos que se eliminan, con su huella SHA-256 y su tamaño',
  inventoryState: (items: number, bytes: number) =>
    `${formatNumber(items)} contenidos, ${formatBytes(bytes)}. Los archivos publicados como datos abiertos no se eliminan.`,
  item: { n: 'N.º', what: 'Contenido', hash: 'Huella', bytes: 'Tamaño', file: 'Qué pasa' },
  place: (place: string) => (place === '' ? '' : ` (${place})`),
  kept: 'Deja de ser de este ejercicio; el archivo se conserva, porque lo usa también otro registro que no se elimina',
  keptGone: (at: string | Date) =>
    `Dejó de ser de este ejercicio el ${formatInstant(at)}; el archivo se conservó, porque lo usaba también otro registro que no se eliminaba. El último que lo use se lo lleva`,
  goes: 'Se elimina',
  gone: (at: string | Date) => `Eliminado el ${formatInstant(at)}`,
  facts: {
    cycle: 'Ejercicio',
    series: 'Serie',
    until: 'Se conserva hasta',
    minutes: 'Acta del comité',
    by: 'Propuso',
    hash: 'Huella de lo que se firma',
  },
  unknownProposer: 'un cargo que la copia restaurada no conoce',
  redone: (at: string | Date, approvedAt: string | Date, position: string | null, receipt: string) =>
    `Esta base de datos se restauró de una copia anterior a la eliminación, así que se hizo otra vez el ${formatInstant(at)}. La decisión es la de entonces: la aprobó ${position ?? 'un cargo que la copia no conoce'} el ${formatInstant(approvedAt)}, con el comprobante ${receipt}.`,
  foundInCopy: (from: number) =>
    `Desde el N.º ${formatNumber(from)} están los contenidos de este ejercicio que solo tenía la copia: se eliminaron con los demás y no figuran en lo que se firmó.`,
  minutes: (number: string, on: string) => `N.º ${number}, del ${formatDate(on)}`,
  byWhom: (position: string, at: string | Date) => `${position}, ${formatInstant(at)}`,
  verdicts: {
    approve_disposal: { title: 'Aprobar la eliminación', submit: 'Firmar y aprobar', text: 'Observación (opcional)' },
    return_disposal: { title: 'Devolverla', submit: 'Devolver', text: 'Por qué se devuelve' },
    withdraw_disposal: { title: 'Retirarla', submit: 'Retirar', text: 'Por qué se retira' },
  } satisfies Record<DisposalVerdict, { title: string; submit: string; text: string }>,
  asked: {
    approve_disposal: 'la aprobación de una eliminación',
    return_disposal: 'la devolución de una eliminación',
    withdraw_disposal: 'el retiro de una eliminación',
  } satisfies Record<DisposalVerdict, string>,
  see: 'Ver la eliminación',
  said: {
    approve_disposal: (position: string) => `${position} aprobó la eliminación`,
    return_disposal: (position: string) => `${position} devolvió la propuesta`,
    withdraw_disposal: (position: string) => `${position} retiró la eliminación`,
  } satisfies Record<DisposalVerdict, (position: string) => string>,
  signatures: 'Firmas',
  receipt: (code: string) => `Comprobante ${code}`,
  history: 'Historia',
  done: {
    propuesta: 'La propuesta quedó registrada. Espera la decisión de quien dirige el proceso.',
    approve_disposal: 'La eliminación quedó aprobada y firmada.',
    return_disposal: 'La propuesta quedó devuelta.',
    withdraw_disposal: 'La eliminación quedó retirada.',
    tramite: 'Su decisión está en trámite. Se completa sola en un momento; no tiene que repetirla.',
  },
  cycleNotice: (minutes: string, on: string) =>
    `El contenido de este ejercicio se eliminó según la tabla de retención documental, por el acta N.º ${minutes} del ${formatDate(on)}. Quedan sus actos, sus fechas, quiénes decidieron y la huella de cada contenido.`,
  goneFile: 'Archivo eliminado',
  cycleLink: 'Ver el inventario y las huellas',
}

export const disposalReceiptText = {
  crumb: 'Eliminación documental',
  state: (entity: string) =>
    `Corresponde a lo que ${entity} decidió sobre eliminar el contenido de un ejercicio según su tabla de retención documental.`,
  facts: {
    entity: 'Entidad',
    act: 'Decisión',
    by: 'Cargo que decidió',
    at: 'Fecha',
    method: 'Cómo se identificó',
    hash: 'Huella de lo que se firmó',
  },
  acts: {
    approve_disposal: 'Eliminación aprobada',
    return_disposal: 'Propuesta devuelta',
    withdraw_disposal: 'Eliminación retirada',
  } satisfies Record<DisposalVerdict, string>,
  unknownPosition: 'Un cargo que la copia restaurada no conoce',
}

/** In place of what is not there any more. */
export function disposedSentence(minutes: string, on: string, hash?: string | number | null): string {
  const left = hash ? ` Queda su huella SHA-256: ${hash}.` : ''
  return `Eliminado por el acta N.º ${minutes} del ${formatDate(on)}, según la tabla de retención documental.${left}`
}
