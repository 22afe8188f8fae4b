import { digestMail } from '../app/text/mail.ts'
import type { Trx } from '../db/client.ts'
import { type DigestPart, holdDigestParts, storeDigest } from '../db/digests.ts'
import { idOf } from '../db/ids.ts'
import { type DueMail, leadingTo } from '../db/mail.ts'
import { requireProcedureVersion } from '../db/procedures.ts'
import { entityCalendar } from '../db/terms.ts'
import { type StepCode, stepTemplate } from '../domain/procedures.ts'
import { workingDaysLeft } from '../domain/terms.ts'
import type { Tools } from './tools.ts'

/**
 * Part of the delivery: what one person is told on one day leaves as one mail (features B6, decision 0007).
 * Answers the id of that mail, named by those it stands for; undefined when this one has no company.
 */
export async function gatherDigest(trx: Trx, { publicUrl }: Tools, due: DueMail): Promise<string | undefined> {
  if (!due.digest_on) return undefined
  const parts = await holdDigestParts(trx, due)
  const [first] = parts
  if (!first || parts.length < 2) return undefined
  const mailIds = parts.map((part) => part.mailId)
  const id = idOf('digest', ...mailIds)
  const digest = {
    id,
    entityId: due.entity_id,
    noticeId: null,
    personId: first.personId,
    ...digestMail(await linesOf(trx, due.entity_id, due.digest_on, parts)),
    ...leadingTo(publicUrl, `/bandeja${parts.every(isOfStep) ? '?grupo=vencido' : ''}`),
  }
  await storeDigest(trx, digest, mailIds)
  return id
}

async function linesOf(trx: Trx, entityId: string, today: string, parts: readonly DigestPart[]) {
  const calendar = await entityCalendar(trx, entityId)
  const lines = []
  for (const { about, dueDate, catchesUp } of parts) {
    const term = { dueDate, catchesUp, daysLeft: workingDaysLeft(dueDate, today, calendar) }
    lines.push({ ...term, about: 'stepCode' in about ? await stepOf(trx, about) : about })
  }
  return lines
}

const isOfStep = ({ about }: DigestPart) => 'stepCode' in about

async function stepOf(trx: Trx, step: Extract<DigestPart['about'], { stepCode: string }>) {
  const { procedure } = await requireProcedureVersion(trx, step.procedureVersionId)
  return { ...step, stepTitle: stepTemplate(procedure, step.stepCode as StepCode).title }
}
