/** Words about changes proposed to a section of the report. */
import type { ProposalStatus } from '../../domain/proposals.ts'
import { formatInstant, formatNumber } from './format.ts'

const answered: Record<Exclude<ProposalStatus, 'open'>, string> = {
  accepted: 'Aceptada',
  declined: 'No aceptada',
  withdrawn: 'Retirada por quien la hizo',
}

export const proposalsText = {
  title: 'Cambios propuestos',
  none: 'Nadie ha propuesto cambios a esta sección.',
  noneOpen: 'Ningún cambio propuesto espera respuesta.',
  propose: 'Proponer un cambio',
  open: (n: number) =>
    n === 1 ? 'Un cambio propuesto sin responder.' : `${formatNumber(n)} cambios propuestos sin responder.`,
  ofSection: (n: number) => (n === 1 ? 'un cambio propuesto' : `${formatNumber(n)} cambios propuestos`),
  inSection: (n: number, section: string) =>
    `${section}: ${n === 1 ? 'un cambio propuesto' : `${formatNumber(n)} cambios propuestos`} sin responder.`,
  warning: 'Hay cambios propuestos sin responder. Puede enviar el informe así: la propuesta queda sin aplicar.',
  by: (position: string, at: Date | string) => `${position}, ${formatInstant(at)}`,
  changed:
    'La sección cambió después de esta propuesta. Abajo se compara con lo que dice hoy: aceptarla reemplaza también esos cambios.',
  format: 'Las palabras son las mismas; cambia el formato o una referencia.',
  whole: 'Ver el texto propuesto completo',
  accept: 'Aceptar y guardar en la sección',
  acceptHelp: 'Al aceptarla, usted queda como autor del texto.',
  decline: 'No aceptarla',
  declineReason: 'Por qué no se acepta',
  declineSend: 'Registrar la respuesta',
  withdraw: 'Retirar mi propuesta',
  answeredCount: (n: number) => (n === 1 ? 'Una propuesta respondida' : `${formatNumber(n)} propuestas respondidas`),
  answered: (status: Exclude<ProposalStatus, 'open'>, by: string, at: Date | string) =>
    `${answered[status]}. ${by}, ${formatInstant(at)}.`,
  moved: 'La sección cambió mientras usted leía. Compare de nuevo la propuesta antes de aceptarla.',
  whyWaits: 'Se puede responder cuando el paso 6 vuelva a estar en redacción.',

  pageTitle: (section: string) => `Proponer un cambio: ${section}`,
  pageState: (owner: string) =>
    `${owner || 'Quien elabora el informe'} decide si lo acepta. Hasta entonces la sección queda como está.`,
  toSection: 'Volver a la sección',
  words: 'Cómo debería decir la sección',
  reason: 'Por qué',
  reasonHelp: 'Quien escribe la sección lo lee junto al cambio.',
  send: 'Proponer el cambio',
  same: 'Cambie algo del texto: la propuesta dice lo mismo que la sección.',
}
