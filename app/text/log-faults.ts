import type { LogFault } from '../../domain/log-faults.ts'
import { formatInstant, formatNumber } from './format.ts'

/** What does not hold in the sealed log, as somebody without the words of the trade reads it. `at`: when the event was. */
export function logFaultSentence(fault: LogFault, at: Date | string | null = null): string {
  switch (fault.code) {
    case 'leaf_missing':
      return `Falta el sello del hecho n.º ${formatNumber(fault.n + 1)}: alguien lo quitó de la bitácora.`
    case 'event_missing':
      return `El hecho ${named(fault.n, at)} se selló y ya no está en la bitácora: alguien lo borró.`
    case 'event_changed':
      return `El hecho ${named(fault.n, at)} no es el que se selló: alguien lo cambió después.`
    case 'out_of_order':
      return `El hecho ${named(fault.n, at)} está fuera de su orden: alguien movió los sellos.`
    case 'held_leaf_differs':
      return `El hecho ${named(fault.n, at)} no es el que usted guardó: alguien lo cambió y rehízo su sello.`
    case 'event_unsealed':
      return `Un hecho${at === null ? '' : ` del ${formatInstant(at)}`} está en la bitácora, detrás de lo ya sellado, sin sello: alguien lo agregó después.`
    case 'root_differs':
      return `${between(fault)} la bitácora no es la que se firmó: alguien rehízo los sellos.`
    case 'held_root_differs':
      return `${between(fault)} la bitácora no es la del punto de control que usted guardó: alguien la rehízo y la firmó de nuevo.`
    case 'tail_cut':
      return `La bitácora termina en el hecho n.º ${formatNumber(fault.from)} y estaba sellada hasta el n.º ${formatNumber(fault.to)}: alguien quitó el final o restauró una copia vieja.`
    case 'note_differs':
      return `El punto de control de ${formatNumber(fault.to)} hechos no dice lo mismo que su firma: alguien lo cambió.`
    case 'note_unsigned':
      return `El punto de control de ${formatNumber(fault.to)} hechos no vale: ${UNSIGNED[fault.reason]}.`
  }
}

const UNSIGNED: Record<Extract<LogFault, { code: 'note_unsigned' }>['reason'], string> = {
  malformed: 'está mal escrito',
  unknown_key: 'está firmado con una llave que la entidad no tiene',
  bad_signature: 'su firma no corresponde a lo que dice',
}

function named(n: number, at: Date | string | null): string {
  return `n.º ${formatNumber(n + 1)}${at === null ? '' : ` (${formatInstant(at)})`}`
}

function between({ from, to }: { from: number; to: number }): string {
  return from + 1 === to
    ? `En el hecho n.º ${formatNumber(to)}`
    : `Entre los hechos n.º ${formatNumber(from + 1)} y n.º ${formatNumber(to)}`
}
