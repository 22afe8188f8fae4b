/** A risk with a control, for the queries that may forget their filter. */
import { GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import type { Trx } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { codeFrom, parseCode, spacedCode } from '../../domain/verification-codes.ts'
import { insertRun } from './foreign-controls.ts'

const RECEIPT = spacedCode(codeFrom(Buffer.alloc(32, 9)))

/** A version of its own, chosen by another person for a typology, and a copy that is being edited. */
async function insertMethodology(trx: Trx, entityId: string, by: { personId: string; positionId: string }) {
  const content = JSON.stringify(GUIDE_7)
  const publisher = await trx
    .selectFrom('person')
    .select('id')
    .where('entity_id', '=', entityId)
    .where('id', '<>', by.personId)
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('methodology_version')
    .values({
      ...{ id: newId(), entity_id: entityId, code: 'guia_7', n: 1, base_n: 0, content, content_hash: 'a'.repeat(64) },
      ...{ reason: 'x', published_by: publisher.id, published_position: by.positionId },
    })
    .execute()
  await trx
    .insertInto('methodology_draft')
    .values({
      ...{ id: newId(), entity_id: entityId, code: 'guia_7', base_n: 1, content },
      ...{ written_by: by.personId, written_position: by.positionId },
    })
    .execute()
  await trx
    .insertInto('methodology_choice')
    .values({
      ...{ id: newId(), entity_id: entityId, n: 1, typology: 'gestion', methodology: 'guia_7', methodology_n: 1 },
      ...{ reason: 'x', chosen_by: by.personId, chosen_position: by.positionId },
    })
    .execute()
}

export async function insertRisk(trx: Trx, entityId: string, by: { personId: string; positionId: string }) {
  await insertMethodology(trx, entityId, by)
  const [riskId, assessmentId] = [newId(), newId()]
  const who = { entity_id: entityId, owner_position: by.positionId, created_by: by.personId }
  await trx
    .insertInto('risk')
    .values({ id: riskId, n: 901, code: 'R-901', ...who })
    .execute()
  await trx
    .insertInto('risk_assessment')
    .values({
      ...{ id: assessmentId, entity_id: entityId, risk_id: riskId, n: 1, methodology: 'guia_7', methodology_n: 0 },
      ...{
        typology: 'gestion',
        process: 'x',
        description: 'x',
        answers: '{"typology":"gestion","classification":"fallas_tecnologicas","assetKind":""}',
        zone: 'B',
      },
      ...{ probability: 0, impact: 0, content_hash: 'a'.repeat(64) },
      ...{ assessed_by: by.personId, assessed_position: by.positionId },
    })
    .execute()
  const design = { documentation: 'x', frequency: 'x', record: 'x', execution: 'x', periodicity: 'mensual' }
  const controlId = newId()
  const control = { ...who, ...design, risk_id: riskId, action: 'x', complement: 'x', type: 'preventivo' }
  const manual = { ...control, implementation: 'manual' }
  await trx
    .insertInto('risk_control')
    .values([
      { ...manual, id: controlId, n: 901, code: 'C-901' },
      { ...manual, id: newId(), n: 902, code: 'C-902', periodicity: 'al_materializarse' },
    ])
    .execute()
  const places = ['inherent', 'declared', 'demonstrated'] as const
  const levels = places.map((one) => [
    [`${one}_probability`, 0],
    [`${one}_impact`, 0],
    [`${one}_zone`, 'B'],
  ])
  const left = { declared_p: '20', declared_i: '20', demonstrated_p: '40', demonstrated_i: '20' }
  const standing = { risk_id: riskId, entity_id: entityId, assessment_id: assessmentId, typology: 'gestion', ...left }
  await trx
    .insertInto('risk_standing')
    .values({ ...standing, ...Object.fromEntries(levels.flat()) })
    .execute()
  await trx
    .insertInto('residual_override')
    .values({
      ...{ id: newId(), entity_id: entityId, risk_id: riskId, n: 1, assessment_id: assessmentId, reason: 'x' },
      ...{ probability: 0, impact: 1, zone: 'B', computed_p: '20', computed_i: '20', computed_probability: 0 },
      ...{ computed_impact: 0, computed_zone: 'B', written_by: by.personId, written_position: by.positionId },
    })
    .execute()
  const acceptanceId = newId()
  await trx
    .insertInto('risk_acceptance')
    .values({
      ...{ id: acceptanceId, entity_id: entityId, risk_id: riskId, assessment_id: assessmentId, reason: 'x' },
      ...{ until: '2099-01-01', acceptor_duty: 'alcaldia', content: '{}', state_hash: 'b'.repeat(64), hands: [] },
      ...{ content_hash: 'c'.repeat(64), asked_by: by.personId, asked_position: by.positionId },
    })
    .execute()
  const actId = newId()
  await trx
    .insertInto('act')
    .values({
      ...{ id: actId, entity_id: entityId, acceptance_id: acceptanceId, kind: 'accept_risk', duty: 'alcaldia' },
      ...{ object_type: 'risk_acceptance', object_id: acceptanceId, person_id: by.personId, k: 0 },
      ...{ position_id: by.positionId, body_hash: 'd'.repeat(64), receipt_code: 'R901' },
    })
    .execute()
  await trx
    .insertInto('risk_signature')
    .values({
      ...{ id: actId, entity_id: entityId, acceptance_id: acceptanceId, kind: 'accept_risk', statement: 'x' },
      ...{ person_id: by.personId, position_id: by.positionId, person_name: 'x', position_name: 'x' },
      ...{ tenure_kind: 'titular', duty: 'x', method: 'x', content_hash: 'c'.repeat(64), receipt_code: RECEIPT },
    })
    .execute()
  const decided = { decided_by: by.personId, decided_position: by.positionId, assessment_id: assessmentId }
  await trx
    .insertInto('risk_treatment')
    .values({
      ...{ ...decided, id: newId(), entity_id: entityId, risk_id: riskId, n: 1, option: 'mitigate', statement: 'x' },
      body_hash: 'e'.repeat(64),
    })
    .execute()
  const { id: actionId } = await trx
    .selectFrom('improvement_action')
    .select('id')
    .where('position_id', 'is not', null)
    .executeTakeFirstOrThrow()
  const days = { starts_on: '2026-01-01', follow_up_on: '2026-02-01' }
  await trx
    .insertInto('risk_plan_action')
    .values({ ...days, action_id: actionId, entity_id: entityId, risk_id: riskId })
    .execute()
  const run = await insertRun(trx, entityId, by, { riskId, controlId })
  return { ...run, riskId, acceptanceId, riskReceipt: parseCode(RECEIPT) ?? '' }
}
