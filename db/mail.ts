/** Mail from its writing until it has left, and what the ledger says of it (model.md §6). */
import { sql } from 'kysely'
import { type EventRecord, recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { openIncident } from './incidents.ts'

export interface NewMail {
  id: string
  entityId: string
  noticeId: string | null
  /** Null where it goes to a citizen, whose address is in none of our rows. */
  personId: string | null
  /** The request, or the record, under whose key the citizen's address stands sealed. */
  rightsId?: string | null
  recordId?: string | null
  subject: string
  body: string
  link: string
  /** Of the page of a subject it leads to; left out, no history tells of it (`toldBeside`). */
  path?: string
  /** Civil date, where it shares its mail (`sharesMail`): leaves in one with the others of its person and day. */
  digestOn?: string | null
  /** Carries a secret (sign-in or reset link): never shown under "Correo saliente". */
  sensitive?: boolean
  /** Host of the Message-ID, which is `<id@host>`: the same row can never become two messages (model.md §6). */
  host: string
}

/** Where a mail leads, a page of ours, and the host of its Message-ID. */
export function leadingTo(publicUrl: string, path: string): Pick<NewMail, 'link' | 'host'> {
  return { link: `${publicUrl.replace(/\/$/, '')}${path}`, host: new URL(publicUrl).hostname }
}

/**
 * The same, of a page of a cycle, an access, a review or a run of a control: whoever reads its history reads the subject of the mail,
 * whomever it went to. Nothing that somebody typed stands in such a subject; a test holds every one of them to it.
 */
export function toldBeside(publicUrl: string, path: string): Pick<NewMail, 'link' | 'host' | 'path'> {
  return { ...leadingTo(publicUrl, path), path }
}

/** Writes a mail to be sent; false where one of this id was written before, which stays as it is. */
export async function writeMail(trx: Trx, mail: NewMail): Promise<boolean> {
  return (await writeMails(trx, [mail])) === 1
}

/** The same of many at once; answers how many were not written before. */
export async function writeMails(trx: Trx, mails: readonly NewMail[]): Promise<number> {
  if (mails.length === 0) return 0
  const written = await trx
    .insertInto('mail')
    .values(mails.map(rowOf))
    .onConflict((oc) => oc.column('id').doNothing())
    .executeTakeFirst()
  return Number(written.numInsertedOrUpdatedRows)
}

function rowOf(mail: NewMail) {
  return {
    id: mail.id,
    entity_id: mail.entityId,
    notice_id: mail.noticeId,
    person_id: mail.personId,
    rights_id: mail.rightsId ?? null,
    record_id: mail.recordId ?? null,
    subject: mail.subject,
    body: mail.body,
    link: mail.link,
    path: mail.path ?? null,
    digest_on: mail.digestOn ?? null,
    sensitive: mail.sensitive ?? false,
    message_id: `<${mail.id}@${mail.host}>`,
  }
}

export interface MailKey {
  id: string
  entity_id: string
}

export interface DueMail extends MailKey {
  digest_on: string | null
}

/** Minutes that mail of something overdue, or of an improvement action, waits at most for what the ledger still has to tell on the same day. */
const WAIT_MINUTES = 10

/** Every cycle tells at the same hour, each by itself: the first mail waits for the others. A minute for unequal clocks. */
const waitsForOthers = sql<boolean>`(mail.digest_on is not null
  and mail.written_at > app_now() - make_interval(mins => ${WAIT_MINUTES})
  and exists (select 1 from notice where notice.entity_id = mail.entity_id and notice.status = 'planned'
    and (notice.kind like 'overdue-%' or num_nonnulls(notice.action_id, notice.follow_up_id) > 0) and notice.planned_at <= app_now() + interval '1 minute'))`

/** Planned mail whose turn has come, oldest first. Runs over all entities. */
export async function listDueMail(trx: Trx, limit: number): Promise<DueMail[]> {
  return await trx
    .selectFrom('mail')
    .select(['id', 'entity_id', 'digest_on'])
    .where('status', '=', 'planned')
    .where('due_at', '<=', sql<Date>`app_now()`)
    .where(({ not }) => not(waitsForOthers))
    .orderBy('due_at')
    .limit(limit)
    .execute()
}

export interface TakenMail extends MailKey {
  subject: string
  body: string
  link: string | null
  message_id: string
  /** How many times it was handed to a server, this one included. */
  attempts: number
  rightsId: string | null
  recordId: string | null
  email: string | null
}

/** Marks the mail as attempted before anything leaves; undefined when another process took it. */
export async function takeMail(trx: Trx, id: string): Promise<TakenMail | undefined> {
  return await trx
    .updateTable('mail')
    .set(({ eb, ref }) => ({ status: 'attempted', attempts: eb(ref('attempts'), '+', 1), failure: null }))
    .where('id', '=', id)
    .where('status', '=', 'planned')
    .returning((eb) => [
      'id',
      'entity_id',
      'subject',
      'body',
      'link',
      'message_id',
      'attempts',
      'rights_id as rightsId',
      'record_id as recordId',
      eb.selectFrom('person').select('email').whereRef('person.id', '=', 'mail.person_id').as('email'),
    ])
    .executeTakeFirst()
}

export type MailOutcome =
  | { status: 'sent' | 'kept' }
  | { status: 'failed' | 'attempted'; failure: string }
  /** `refused`: the server said no, for now. `unreached`: there was no server, which counts as no attempt. */
  | { status: 'refused' | 'unreached'; failure: string; retryInMinutes: number }

/**
 * What became of a mail, and with it of every notice it stood for. Where the outcome is unknown it stays `attempted`:
 * it is never sent again silently.
 */
export async function settleMail(trx: Trx, mail: MailKey, outcome: MailOutcome): Promise<void> {
  await trx
    .updateTable('mail')
    .set({ failure: 'failure' in outcome ? outcome.failure : null, ...settlement(outcome) })
    .where('id', '=', mail.id)
    .where('status', '=', 'attempted')
    .execute()
  const told = await trx
    .selectFrom('mail')
    .select('notice_id')
    .distinct()
    .where(({ or, eb }) => or([eb('id', '=', mail.id), eb('digest_id', '=', mail.id)]))
    .orderBy('notice_id')
    .execute()
  for (const { notice_id } of told) if (notice_id) await followMail(trx, mail.entity_id, notice_id)
}

function settlement(outcome: MailOutcome) {
  if (outcome.status !== 'refused' && outcome.status !== 'unreached')
    return { status: outcome.status, settled_at: sql<Date>`app_now()` }
  return {
    status: 'planned',
    due_at: sql<Date>`app_now() + make_interval(mins => ${outcome.retryInMinutes})`,
    ...(outcome.status === 'unreached' ? { attempts: sql<number>`attempts - 1` } : {}),
  }
}

/** Mail that was on its way when a process died says so in the ledger: `intentado` (model.md §6). Runs at start-up. */
export async function listUnknownMail(trx: Trx): Promise<{ entity_id: string; notice_id: string }[]> {
  return await trx
    .selectFrom('mail')
    .innerJoin('notice', 'notice.id', 'mail.notice_id')
    .leftJoin('mail as digest', 'digest.id', 'mail.digest_id')
    .select(['notice.id as notice_id', 'notice.entity_id'])
    .distinct()
    .where(whatLeft, '=', 'attempted')
    .where('notice.status', '=', 'sent')
    .execute()
}

/** State of the mail that leaves: of the digest where it was gathered into one. */
const whatLeft = sql<string>`coalesce(digest.status, mail.status)`

/** The notice follows its mail: told when any got through, or may yet; failed, with its event, when none did. */
export async function followMail(trx: Trx, entityId: string, noticeId: string): Promise<void> {
  const rows = await trx
    .selectFrom('mail')
    .leftJoin('mail as digest', 'digest.id', 'mail.digest_id')
    .select(whatLeft.as('status'))
    .where('mail.notice_id', '=', noticeId)
    .execute()
  const has = (...statuses: string[]) => rows.some(({ status }) => statuses.includes(status))
  const status = has('sent', 'kept', 'planned') ? 'sent' : has('attempted') ? 'attempted' : 'failed'
  const moved = await trx
    .updateTable('notice')
    .set({ status })
    .where('id', '=', noticeId)
    .where('status', '!=', status)
    .returning(['cycle_id', 'step_id', 'action_id', 'follow_up_id'])
    .executeTakeFirst()
  if (!moved || status !== 'failed') return
  const origin = 'system'
  const about = await whatAbout(trx, moved)
  await recordEvent(trx, {
    ...{ entityId, type: 'notice.failed', objectId: noticeId, reasonCode: 'undelivered', origin, ...about },
  })
  // Nobody may say afterwards that nobody noticed: the operator finds it under the state of the system (N14).
  await openIncident(trx, { entityId, kind: 'notice_undelivered', objectType: 'notice', objectId: noticeId, origin })
}

/** The step of a term, the improvement action or the follow-up a notice is of. */
async function whatAbout(
  trx: Trx,
  notice: { cycle_id: string | null; step_id: string | null; action_id: string | null; follow_up_id: string | null },
): Promise<Pick<EventRecord, 'cycleId' | 'stepCode' | 'changes'>> {
  if (notice.action_id !== null) {
    const action = await trx
      .selectFrom('improvement_action')
      .select(['code', 'cycle_id'])
      .where('id', '=', notice.action_id)
      .executeTakeFirst()
    return { cycleId: action?.cycle_id, changes: [{ field: 'code', before: null, after: action?.code ?? null }] }
  }
  if (notice.follow_up_id !== null) {
    const asked = await trx
      .selectFrom('follow_up')
      .select('code')
      .where('id', '=', notice.follow_up_id)
      .executeTakeFirst()
    return { changes: [{ field: 'code', before: null, after: asked?.code ?? null }] }
  }
  if (notice.step_id === null) return { cycleId: notice.cycle_id }
  const step = await trx.selectFrom('step').select('code').where('id', '=', notice.step_id).executeTakeFirst()
  return { cycleId: notice.cycle_id, stepCode: step?.code }
}
