/** Risks, what they were rated as, their controls and where they stand: every change with its event, in one transaction. */
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { sql } from 'kysely'
import { METHODOLOGIES } from '../catalog/methodologies/index.ts'
import { Refused } from '../domain/refusals.ts'
import type { ControlInput, RiskInput } from '../domain/risk-inputs.ts'
import type { Methodology, MethodologyKey } from '../domain/risk-methodology.ts'
import {
  inherentPlace,
  type Place,
  placeAt,
  type RatedControl,
  type RiskAnswers,
  residualOf,
  zoneOf,
} from '../domain/risks.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { listStandingPositions } from './findings.ts'

type Writer = ActingPerson & { positionId: string }

/** Throws `RangeError` for one that nobody ever shipped. */
export function methodologyOf({ code }: MethodologyKey): Methodology {
  const found = METHODOLOGIES.find((one) => one.code === code)
  if (!found) throw new RangeError(`no methodology ${code}`)
  return found
}

export interface Assessment {
  id: string
  n: number
  methodology: MethodologyKey
  answers: RiskAnswers
  inherent: Place
  contentHash: string
  reason: string | null
}

export interface HeldRisk {
  id: string
  code: string
  ownerPosition: string
  assessment: Assessment
}

/** A risk with how it is rated now; undefined where there is none. `lock`: nobody else changes it meanwhile. */
export async function findRisk(
  trx: Trx,
  entityId: string,
  code: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<HeldRisk | undefined> {
  const row = await trx
    .selectFrom('risk')
    .select(['id', 'code', 'owner_position'])
    .where('entity_id', '=', entityId)
    .where('code', '=', code)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
  if (!row) return undefined
  return {
    id: row.id,
    code: row.code,
    ownerPosition: row.owner_position,
    assessment: await lastAssessment(trx, row.id),
  }
}

async function lastAssessment(trx: Trx, riskId: string): Promise<Assessment> {
  const row = await trx
    .selectFrom('risk_assessment')
    .selectAll()
    .where('risk_id', '=', riskId)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const methodology = { code: row.methodology, n: row.methodology_n }
  return {
    ...{ id: row.id, n: row.n, methodology, answers: row.answers as unknown as RiskAnswers },
    ...{ contentHash: row.content_hash, reason: row.reason },
    inherent: placeAt(methodologyOf(methodology), row.probability, row.impact),
  }
}

/** Registers a risk with its first assessment; the same form sent again answers the code it has. */
export async function registerRisk(trx: Trx, by: Writer, key: MethodologyKey, input: RiskInput): Promise<string> {
  const known = await trx.selectFrom('risk').select('code').where('id', '=', input.formKey).executeTakeFirst()
  if (known) return known.code
  const { entityId } = by
  await requireStanding(trx, entityId, input.ownerId)
  const n = await nextNumber(trx, 'risk', entityId)
  const risk = { id: input.formKey, code: `R-${String(n).padStart(3, '0')}` }
  await trx
    .insertInto('risk')
    .values({ ...risk, n, entity_id: entityId, owner_position: input.ownerId, created_by: by.personId })
    .execute()
  await assess(trx, by, risk, { key, input, id: input.formKey, n: 1 })
  return risk.code
}

/** Rates a risk anew, with the reason; the same form sent again changes nothing. */
export async function reassessRisk(
  trx: Trx,
  by: Writer,
  risk: HeldRisk,
  { key, input, read }: { key: MethodologyKey; input: RiskInput; read: string },
): Promise<void> {
  const { id, n, contentHash } = risk.assessment
  if (id === input.formKey) return
  if (contentHash !== read) throw new Refused('content_changed')
  await requireStanding(trx, by.entityId, input.ownerId)
  await assess(trx, by, risk, { key, input, id: input.formKey, n: n + 1 })
  if (input.ownerId === risk.ownerPosition) return
  await trx.updateTable('risk').set({ owner_position: input.ownerId }).where('id', '=', risk.id).execute()
}

async function assess(
  trx: Trx,
  by: Writer,
  risk: { id: string; code: string; ownerPosition?: string },
  { key, input, id, n }: { key: MethodologyKey; input: RiskInput; id: string; n: number },
): Promise<void> {
  const methodology = methodologyOf(key)
  const { answers } = input
  const inherent = inherentPlace(methodology, answers)
  if (!inherent) throw new Error(`risk ${risk.code} is not rated`)
  const content = canonicalize({ schema: 1, risk: risk.id, methodology: { ...key }, answers }) ?? ''
  const hash = createHash('sha256').update(content).digest('hex')
  await trx
    .insertInto('risk_assessment')
    .values({
      ...{ id, n, entity_id: by.entityId, risk_id: risk.id, methodology: key.code, methodology_n: key.n },
      ...{ typology: answers.typology, process: answers.process, description: answers.description },
      ...{ answers: JSON.stringify(answers), probability: inherent.probability, impact: inherent.impact },
      ...{ zone: inherent.zone, content_hash: hash, reason: input.reason || null },
      ...{ assessed_by: by.personId, assessed_position: by.positionId },
    })
    .execute()
  await restand(trx, by.entityId, risk.id)
  await recordEvent(trx, {
    ...{
      ...eventBy(by),
      type: n === 1 ? 'risk.registered' : 'risk.reassessed',
      objectId: risk.id,
      objectVersion: String(n),
    },
    contentHash: hash,
    changes: [
      { field: 'code', before: null, after: risk.code },
      { field: 'zone', before: null, after: zoneOf(methodology, inherent.zone).name },
      { field: 'methodology', before: null, after: key.code },
      { field: 'owner_position', before: risk.ownerPosition ?? null, after: input.ownerId },
    ],
  })
}

/** Adds a control to a risk, whose residual follows in the same transaction; the same form sent again adds nothing. */
export async function addControl(trx: Trx, by: Writer, risk: HeldRisk, input: ControlInput): Promise<void> {
  const { formKey: id, ownerId, criteria, ...design } = input
  const known = await trx.selectFrom('risk_control').select('id').where('id', '=', id).executeTakeFirst()
  if (known) return
  await requireStanding(trx, by.entityId, ownerId)
  const n = await nextNumber(trx, 'risk_control', by.entityId)
  const code = `C-${String(n).padStart(3, '0')}`
  await trx
    .insertInto('risk_control')
    .values({
      ...{ id, n, code, ...design, entity_id: by.entityId, risk_id: risk.id, owner_position: ownerId },
      ...{ criteria: JSON.stringify(criteria), created_by: by.personId },
    })
    .execute()
  const zone = await restand(trx, by.entityId, risk.id)
  await tellControl(trx, by, 'control.added', { id, code, risk: risk.code, zone })
}

/** Takes a control away, with its reason: the record keeps it and the residual no longer counts it. False where it was. */
export async function retireControl(
  trx: Trx,
  by: Writer,
  risk: HeldRisk,
  { code, reason }: { code: string; reason: string },
): Promise<boolean> {
  const retired = await trx
    .updateTable('risk_control')
    .set({ retired_at: sql<Date>`app_now()`, retired_reason: reason })
    .where('risk_id', '=', risk.id)
    .where('code', '=', code)
    .where('retired_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!retired) return false
  const zone = await restand(trx, by.entityId, risk.id)
  await tellControl(trx, by, 'control.retired', { id: retired.id, code, risk: risk.code, zone, reason })
  return true
}

async function tellControl(
  trx: Trx,
  by: Writer,
  type: 'control.added' | 'control.retired',
  told: { id: string; code: string; risk: string; zone: string; reason?: string },
): Promise<void> {
  const change = (field: string, after: string) => ({ field, before: null, after })
  const hash = told.reason && createHash('sha256').update(told.reason).digest('hex')
  await recordEvent(trx, {
    ...{ ...eventBy(by), type, objectId: told.id },
    changes: [
      ...[change('code', told.code), change('risk', told.risk), change('zone', told.zone)],
      ...(hash ? [change('reason', hash)] : []),
    ],
  })
}

/** The controls of a risk that count, in their order, as the methodology weighs them. */
export async function listRatedControls(trx: Trx, riskId: string): Promise<RatedControl[]> {
  const rows = await trx
    .selectFrom('risk_control')
    .select(['code', 'type', 'implementation', 'criteria'])
    .where('risk_id', '=', riskId)
    .where('retired_at', 'is', null)
    .orderBy('n')
    .execute()
  // Nobody has shown anything of a control whose executions are not recorded.
  return rows.map(({ criteria, ...row }) => ({
    ...{ ...row, criteria: criteria as Record<string, string>, evidence: 'never' as const },
  }))
}

/** Both residuals of a rated risk, with their traces. */
export function residualsOf({ methodology: key, answers, inherent }: Assessment, controls: readonly RatedControl[]) {
  const methodology = methodologyOf(key)
  const { typology } = answers
  return {
    declared: residualOf(methodology, inherent, controls, { typology, reading: 'declared' }),
    demonstrated: residualOf(methodology, inherent, controls, { typology, reading: 'demonstrated' }),
  }
}

/** Where a risk stands, worked out anew; answers the name of the zone its controls declare. */
async function restand(trx: Trx, entityId: string, riskId: string): Promise<string> {
  const assessment = await lastAssessment(trx, riskId)
  const { declared, demonstrated } = residualsOf(assessment, await listRatedControls(trx, riskId))
  const { inherent } = assessment
  const standing = {
    ...{ entity_id: entityId, assessment_id: assessment.id, typology: assessment.answers.typology },
    ...{ inherent_probability: inherent.probability, inherent_impact: inherent.impact, inherent_zone: inherent.zone },
    ...{ declared_p: declared.p, declared_i: declared.i, declared_zone: declared.zone },
    ...{ declared_probability: declared.probability, declared_impact: declared.impact },
    ...{ demonstrated_p: demonstrated.p, demonstrated_i: demonstrated.i, demonstrated_zone: demonstrated.zone },
    ...{ demonstrated_probability: demonstrated.probability, demonstrated_impact: demonstrated.impact },
    stood_at: sql<Date>`app_now()`,
  }
  await trx
    .insertInto('risk_standing')
    .values({ risk_id: riskId, ...standing })
    .onConflict((oc) => oc.column('risk_id').doUpdateSet(standing))
    .execute()
  return zoneOf(methodologyOf(assessment.methodology), declared.zone).name
}

/** A foreign key knows no entity: only a position that stands in this one answers for anything here. */
async function requireStanding(trx: Trx, entityId: string, positionId: string): Promise<void> {
  const standing = await listStandingPositions(trx, entityId)
  if (!standing.some(({ id }) => id === positionId)) throw new Refused('out_of_date')
}

/** Numbers follow one another within an entity, whoever asks at once. */
async function nextNumber(trx: Trx, table: 'risk' | 'risk_control', entityId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${entityId}, 41))`.execute(trx)
  const { last } = await trx
    .selectFrom(table)
    .select(({ fn }) => fn.max('n').as('last'))
    .where('entity_id', '=', entityId)
    .executeTakeFirstOrThrow()
  return (last ?? 0) + 1
}
