import { Context } from '@temporalio/activity'
import { FORM_ADDRESSES } from '../app/text/capture.ts'
import { FORMAT_ADDRESSES, LIST_ADDRESSES } from '../app/text/lists.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { appNow } from '../db/clock.ts'
import { holdGrant } from '../db/grants.ts'
import { openIncident } from '../db/incidents.ts'
import { answerMark, cookieOf, probeMark } from '../db/probe-marks.ts'
import {
  listProbes,
  type OpenProbe,
  openProbe,
  type ProbeAnswer,
  type ProbeSession,
  recordProbe,
} from '../db/probes.ts'
import {
  outcomeOf,
  PROBE_HEADER,
  type ProbeMoment,
  type ProbeOutcome,
  type ProbeTarget,
  together,
} from '../domain/probes.ts'
import type { Tools } from './tools.ts'

export interface ProbeAccess {
  entityId: string
  grantId: string
  moment: ProbeMoment
  /** Nobody waits for the end that comes after it: silence is asked about again, a few times. */
  isPatient?: boolean
}

/** Times that a patient probe is asked; then silence is what it answers. */
const PATIENT_TRIES = 3

/** The page answers in milliseconds; nothing waits longer for a proof. */
const PATIENCE_MS = 1_500

/**
 * Asks, as the person of an access and through the door everybody uses, for what the access gives; keeps the answer as
 * evidence. An access that is not in force has nothing to show before its end. After it, and where nobody waits, silence throws,
 * so that it is asked again; an open door after it is a control that failed: it opens an incident (C10).
 */
export async function probeAccess(tools: Tools, input: ProbeAccess): Promise<ProbeOutcome> {
  const { entityId, grantId, moment } = input
  const opened = await withEntity(tools.database, entityId, (trx) => prepare(trx, input))
  if (typeof opened === 'string') return opened
  const answers = await Promise.all(targetsOf(grantId, opened).map((target) => ask(tools, opened, target)))
  const outcomes = answers.map((answer) => answer.outcome)
  const outcome = together(outcomes)
  if (isAskedAgain(input, outcomes)) throw new Error('no answer to the probe')
  await withEntity(tools.database, entityId, async (trx) => {
    const grant = await holdGrant(trx, grantId)
    await recordProbe(trx, grant, { moment, probe: opened, answers })
    if (moment === 'after' && outcome === 'allowed') await openIncident(trx, failedControl(input))
  })
  return outcome
}

/** After the end an open door is told at once, whatever else kept silent; a patient probe waits for every answer. */
function isAskedAgain({ moment, isPatient = false }: ProbeAccess, outcomes: ProbeOutcome[]): boolean {
  if (moment === 'after') return together(outcomes) === 'unanswered'
  return isPatient && outcomes.includes('unanswered') && Context.current().info.attempt < PATIENT_TRIES
}

/** The door of the access, and behind it the page of its form, the last record captured under it and the link of its export. */
function targetsOf(grantId: string, { behind: { form, scope, isFormOpen, recordId } }: OpenProbe): ProbeTarget[] {
  return [
    { target: 'entry', address: `/accesos/${grantId}/entrada` },
    ...(isFormOpen ? [] : [{ target: 'capture', address: `/captura/${FORM_ADDRESSES[form]}` }]),
    ...(recordId === null ? [] : [{ target: 'record', address: `/captura/registros/${recordId}` }]),
    { target: 'export', address: `${EXPORT}?${new URLSearchParams({ acceso: scope })}` },
  ]
}

/** The records of one access as a file. */
const EXPORT = `/listados/${LIST_ADDRESSES.captured}/${FORMAT_ADDRESSES.csv}`

/** Nothing to ask: answered already, or no access to show. */
async function prepare(trx: Trx, { grantId, moment }: ProbeAccess): Promise<OpenProbe | ProbeOutcome> {
  const known = (await listProbes(trx, grantId)).filter((line) => line.moment === moment)
  if (moment === 'after' && known.length > 0) return together(known.map(({ outcome }) => outcome))
  const probe = await openProbe(trx, await holdGrant(trx, grantId))
  return moment !== 'after' && !probe.facts.isInForce ? 'unanswered' : probe
}

async function ask(tools: Tools, { session }: OpenProbe, target: ProbeTarget): Promise<ProbeAnswer> {
  const askedAt = appNow()
  if (!session) return { ...target, askedAt, outcome: 'denied', status: null }
  const status = await statusOf(tools, session, target).catch(() => null)
  return { ...target, askedAt, status, outcome: status === null ? 'unanswered' : outcomeOf(status) }
}

/** Null where what answered was not the product. */
async function statusOf(
  { webUrl, publicUrl, secret }: Tools,
  session: ProbeSession,
  { address }: ProbeTarget,
): Promise<number | null> {
  const url = new URL(address, webUrl ?? publicUrl)
  const mark = probeMark(secret, session.id, url.pathname)
  const answer = await fetch(url, {
    headers: { cookie: cookieOf(publicUrl, secret, session.token), [PROBE_HEADER]: mark },
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  await answer.body?.cancel()
  return answer.headers.get(PROBE_HEADER) === answerMark(secret, mark) ? answer.status : null
}

/** The end of an access that nothing has proved for minutes: an operator looks at it while the workflow asks on. */
export async function reportUnproven(tools: Tools, input: Omit<ProbeAccess, 'moment'>): Promise<void> {
  await withEntity(tools.database, input.entityId, (trx) => openIncident(trx, failedControl(input)))
}

function failedControl({ entityId, grantId }: Omit<ProbeAccess, 'moment'>) {
  const about = { objectType: 'access_grant', objectId: grantId, origin: 'workflow' } as const
  return { entityId, kind: 'ending_unproven', ...about }
}
