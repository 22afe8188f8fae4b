/** Findings (features D12, N15; AV-C-004 and 4220000-CR-054, planes de mejoramiento), each with the plan it asks for. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { FieldChange } from '../domain/events.ts'
import { type FindingOrigin, findingCode } from '../domain/findings.ts'
import { checkerOfFinding } from '../domain/improvement.ts'
import type { FindingInput } from '../domain/improvement-inputs.ts'
import { Refused } from '../domain/refusals.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import { findPaperOf, linkFinding, type PaperPlace } from './audit-papers.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { askOwner } from './finding-asks.ts'
import type { ActionCause } from './improvement-actions.ts'

export interface NewFinding {
  /** Made by whoever opens it: the same again opens nothing. */
  id: string
  origin: FindingOrigin
  /** Document or event it stems from. */
  source: string
  radicado: string | null
  /** Civil date. */
  foundOn: string
  criterion: string
  condition: string
  cause: string
  effect: string
  /** Position that says why it happened and what is done about it. */
  ownerPosition: string
  /** What showed it, where that is one of these. */
  riskId?: string | null
  controlId?: string | null
  sourceAction?: string | null
  /** The working paper that led to it, null for none; left out where no person writes it. */
  paper?: PaperPlace | null
}

/**
 * Opens a finding, numbered, with its event, and asks its owner for the causes; answers its code, also when it was open
 * before. Throws `Refused('body_differs')` where the same says something else then, `out_of_date` for a position that ended.
 * `wroteIt`: the person, none where a control or an indicator opened it.
 */
export async function openFinding(
  trx: Trx,
  finding: NewFinding,
  by: ActionCause,
  wroteIt: { personId: string; positionId: string } | null,
): Promise<string> {
  const { entityId } = by
  // Numbers follow one another, and the same sent twice at once finds the first.
  await sql`select pg_advisory_xact_lock(hashtextextended(${entityId}, 46))`.execute(trx)
  const row = columnsOf(finding)
  const standing = await trx.selectFrom('finding').selectAll().where('id', '=', finding.id).executeTakeFirst()
  if (standing) {
    const isSame = Object.entries(row).every(([name, value]) => standing[name as keyof typeof row] === value)
    if (!isSame || !(await isOfPaper(trx, finding))) throw new Refused('body_differs')
    return standing.code
  }
  const owner = (await listStandingPositions(trx, entityId)).find(({ id }) => id === finding.ownerPosition)
  if (!owner) throw new Refused('out_of_date')
  const year = Number(appToday().slice(0, 4))
  const n = (await lastNumber(trx, entityId, year)) + 1
  const code = findingCode(year, n)
  await trx
    .insertInto('finding')
    .values({
      ...{ ...row, id: finding.id, entity_id: entityId, year, n, code, checker_duty: checkerOfFinding(owner.duty) },
      ...{ person_id: wroteIt?.personId ?? null, position_id: wroteIt?.positionId ?? null },
    })
    .execute()
  if (finding.paper) await linkFinding(trx, entityId, finding.paper, finding.id)
  const words = [finding.source, finding.criterion, finding.condition, finding.cause, finding.effect]
  await recordEvent(trx, {
    ...{ ...by, type: 'finding.recorded', objectId: finding.id },
    changes: [
      { field: 'code', before: null, after: code },
      { field: 'origin', before: null, after: finding.origin },
      { field: 'owner_position', before: null, after: owner.id },
      { field: 'body_hash', before: null, after: createHash('sha256').update(words.join('\u0000')).digest('hex') },
      ...paperChanges(finding.paper),
    ],
  })
  await askOwner(trx, 'cause_analysis', finding.id)
  return code
}

async function isOfPaper(trx: Trx, { id, paper }: NewFinding): Promise<boolean> {
  if (paper === undefined) return true
  const standing = await findPaperOf(trx, id)
  return standing?.code === paper?.sample.code && standing?.ordinal === paper?.ordinal
}

function paperChanges(paper: NewFinding['paper']): FieldChange[] {
  if (!paper) return []
  return [
    { field: 'sample', before: null, after: paper.sample.code },
    { field: 'item', before: null, after: paper.ordinal },
  ]
}

function columnsOf(finding: NewFinding) {
  const { origin, source, radicado, criterion, condition, cause, effect } = finding
  return {
    ...{ origin, source, radicado, found_on: finding.foundOn, criterion, condition, cause, effect },
    ...{
      owner_position: finding.ownerPosition,
      risk_id: finding.riskId ?? null,
      control_id: finding.controlId ?? null,
    },
    source_action: finding.sourceAction ?? null,
  }
}

async function lastNumber(trx: Trx, entityId: string, year: number): Promise<number> {
  const { last } = await trx
    .selectFrom('finding')
    .select(({ fn }) => fn.max('n').as('last'))
    .where('entity_id', '=', entityId)
    .where('year', '=', year)
    .executeTakeFirstOrThrow()
  return last ?? 0
}

/** Writes a finding as somebody typed it; answers its code, also when the same form comes again. */
export async function recordFinding(
  trx: Trx,
  actor: ActingPerson & { positionId: string },
  { findingId: id, positionId, radicado, risk, ...words }: FindingInput,
  paper: PaperPlace | null = null,
): Promise<string> {
  const riskId = risk === '' ? null : await riskCalled(trx, actor.entityId, risk)
  const finding = { ...words, id, radicado: radicado || null, ownerPosition: positionId, riskId, paper }
  return await openFinding(trx, finding, eventBy(actor), actor)
}

async function riskCalled(trx: Trx, entityId: string, code: string): Promise<string> {
  const risk = await trx
    .selectFrom('risk')
    .select('id')
    .where('entity_id', '=', entityId)
    .where('code', '=', code)
    .executeTakeFirst()
  if (!risk) throw new Refused('finding_risk_unknown')
  return risk.id
}

export interface Owner {
  id: string
  name: string
  duty: string
  agencyId: string
  agency: string
}

/** Positions that stand today, by dependencia and name: who can answer for an action. */
export async function listStandingPositions(trx: Trx, entityId: string): Promise<Owner[]> {
  return await trx
    .selectFrom('position')
    .innerJoin('agency', 'agency.id', 'position.agency_id')
    .select(['position.id', 'position.name', 'position.duty', 'agency.id as agencyId', 'agency.name as agency'])
    .where('position.entity_id', '=', entityId)
    .where(({ or, eb }) =>
      or([eb('position.ended_on', 'is', null), eb('position.ended_on', '>=', sql<string>`app_today()`)]),
    )
    .orderBy('agency.name')
    .orderBy('position.name')
    .orderBy('position.id')
    .execute()
}
