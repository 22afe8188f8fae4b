import nodemailer from 'nodemailer'
import { findCitizenAddress } from '../db/citizen-addresses.ts'
import { withEntity, withoutEntity } from '../db/client.ts'
import {
  type DueMail,
  followMail,
  listDueMail,
  listUnknownMail,
  type MailOutcome,
  settleMail,
  type TakenMail,
  takeMail,
} from '../db/mail.ts'
import { gatherDigest } from './gather-digest.ts'
import { pause } from './pause.ts'
import type { Tools } from './tools.ts'

const EVERY_MS = 2_000
const BATCH = 20
/** Minutes before a mail that the server refused is tried again; after the last one it has failed. */
const RETRY_AFTER = [1, 5, 15]
const RECONNECT_AFTER = 5

export interface Mailer {
  stop(): Promise<void>
}

type Transport = ReturnType<typeof openTransport>

/** Delivers planned mail every two seconds until stopped; first says of mail a crash left on its way that its outcome is unknown. */
export function startMailer(tools: Tools, onError: (error: unknown) => void): Mailer {
  const transport = openTransport(tools)
  const stopped = new AbortController()
  const run = (async () => {
    await admitUnknown(tools).catch(onError)
    while (!stopped.signal.aborted) {
      await deliverMail(tools, transport).catch(onError)
      await pause(EVERY_MS, stopped.signal)
    }
    transport?.close()
  })()
  return {
    stop: async () => {
      stopped.abort()
      await run
    },
  }
}

/** One round: every mail whose turn has come. Answers how many it took. */
export async function deliverMail(tools: Tools, transport: Transport = openTransport(tools)): Promise<number> {
  const due = await withoutEntity(tools.database, (trx) => listDueMail(trx, BATCH))
  for (const mail of due) await deliver(tools, transport, mail)
  return due.length
}

/** Null without SMTP_URL: mail is then kept and read under "Correo saliente". */
function openTransport({ smtpUrl }: Tools) {
  if (!smtpUrl) return null
  return nodemailer.createTransport({
    url: smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  })
}

/** `attempted` is committed before anything leaves, so that a crash can never send the same mail again silently. */
async function deliver(tools: Tools, transport: Transport, due: DueMail): Promise<void> {
  const { database, mailFrom, secret } = tools
  const mail = await withEntity(database, due.entity_id, async (trx) => {
    const taken = await takeMail(trx, (await gatherDigest(trx, tools, due)) ?? due.id)
    if (!taken || taken.email) return taken
    return { ...taken, email: await findCitizenAddress(trx, { secret, entityId: due.entity_id }, taken) }
  })
  if (!mail) return
  const outcome = await handOver(transport, mailFrom, mail)
  await withEntity(database, due.entity_id, (trx) => settleMail(trx, mail, outcome))
}

async function handOver(transport: Transport, from: string, mail: TakenMail): Promise<MailOutcome> {
  if (!transport) return { status: 'kept' }
  if (!mail.email) return { status: 'failed', failure: 'no_address' }
  try {
    await transport.sendMail({
      from,
      to: mail.email,
      subject: mail.subject,
      text: mail.link ? `${mail.body}\n\n${mail.link}\n` : `${mail.body}\n`,
      messageId: mail.message_id,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    return { status: 'sent' }
  } catch (error) {
    return outcomeOf(error as SmtpError, mail.attempts)
  }
}

interface SmtpError {
  code?: string
  responseCode?: number
  syscall?: string
}

/** A server that says no is asked three times more; one that cannot be reached, until it can; silence is never a no. */
function outcomeOf(error: SmtpError, attempts: number): MailOutcome {
  if (error.syscall === 'connect' || error.code === 'EDNS' || error.code === 'EAUTH')
    return { status: 'unreached', failure: 'unreachable', retryInMinutes: RECONNECT_AFTER }
  if (error.responseCode === undefined) return { status: 'attempted', failure: 'unknown' }
  const failure = `smtp_${error.responseCode}`
  const retryInMinutes = RETRY_AFTER[attempts - 1]
  return retryInMinutes === undefined ? { status: 'failed', failure } : { status: 'refused', failure, retryInMinutes }
}

async function admitUnknown({ database }: Tools): Promise<void> {
  const unknown = await withoutEntity(database, (trx) => listUnknownMail(trx))
  for (const { entity_id, notice_id } of unknown)
    await withEntity(database, entity_id, (trx) => followMail(trx, entity_id, notice_id))
}
