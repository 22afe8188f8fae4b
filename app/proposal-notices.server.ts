import type { Trx } from '../db/client.ts'
import { idOf } from '../db/ids.ts'
import { toldBeside, writeMail } from '../db/mail.ts'
import { listHolders } from '../db/mentions.ts'
import type { Proposal } from '../db/section-proposals.ts'
import type { ProposalAnswer } from '../domain/proposals.ts'
import type { AppContext } from './context.server.ts'
import type { MailWords } from './text/mail.ts'
import { proposalAnsweredMail, proposalMail } from './text/proposal-mail.ts'

interface About {
  entityId: string
  cycleId: string
  section: string
  proposalId: string
}

/**
 * Whoever holds the position the section was given to gets one mail, without a word of the proposal in it; where nobody in
 * particular writes it, whoever elaborates the step (experience.md 27 and 40). Proposing to oneself tells nobody.
 */
export async function tellProposed(
  trx: Trx,
  context: AppContext,
  about: About,
  to: { ownerId: string | null; authorDuties: readonly string[]; except: string },
): Promise<void> {
  const holders = await listHolders(trx, about.entityId)
  const told = holders.filter(({ positionId, duty, personId }) => {
    const writes = to.ownerId === null ? to.authorDuties.includes(duty) : positionId === to.ownerId
    return writes && personId !== to.except
  })
  for (const { personId } of told) await tell(trx, context, about, personId, { words: proposalMail(), key: 'proposal' })
}

/** Whoever proposed it learns what became of it. */
export async function tellAnswered(
  trx: Trx,
  context: AppContext,
  about: About,
  { personId }: Pick<Proposal, 'personId'>,
  answer: Exclude<ProposalAnswer, 'withdrawn'>,
): Promise<void> {
  await tell(trx, context, about, personId, { words: proposalAnsweredMail(answer), key: 'proposal-answer' })
}

async function tell(
  trx: Trx,
  { config }: AppContext,
  { entityId, cycleId, section, proposalId }: About,
  personId: string,
  { words, key }: { words: MailWords; key: string },
): Promise<void> {
  await writeMail(trx, {
    ...{ id: idOf('mail', key, proposalId, personId), entityId, noticeId: null, personId, ...words },
    ...toldBeside(config.PUBLIC_URL, `/ejercicios/${cycleId}/informe/secciones/${section}#propuestas`),
  })
}
