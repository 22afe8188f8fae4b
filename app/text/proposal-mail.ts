import type { ProposalAnswer } from '../../domain/proposals.ts'
import type { MailWords } from './mail.ts'

const CLOSING = 'Caracteriza envía este mensaje automáticamente. Para leerla, abra este enlace:'

/** To whoever writes a section to which a change is proposed: nothing of what was written. */
export function proposalMail(): MailWords {
  return {
    subject: 'Proponen un cambio a una sección del informe',
    body: ['Hay una propuesta de cambio para una sección del informe que usted escribe.', CLOSING].join('\n\n'),
  }
}

const ANSWERED: Record<Exclude<ProposalAnswer, 'withdrawn'>, string> = {
  accepted: 'Aceptaron el cambio que usted propuso a una sección del informe.',
  declined: 'No aceptaron el cambio que usted propuso a una sección del informe. La razón está en la página.',
}

/** To whoever proposed it. */
export function proposalAnsweredMail(answer: Exclude<ProposalAnswer, 'withdrawn'>): MailWords {
  return { subject: 'Respondieron su propuesta de cambio al informe', body: [ANSWERED[answer], CLOSING].join('\n\n') }
}
