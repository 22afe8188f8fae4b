/** A risk with a control, for the queries that may forget their filter. */
import type { Trx } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'

export async function insertRisk(trx: Trx, entityId: string, by: { personId: string; positionId: string }) {
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
      ...{ typology: 'gestion', process: 'x', description: 'x', answers: '{"typology":"gestion"}', zone: 'B' },
      ...{ probability: 0, impact: 0, content_hash: 'a'.repeat(64) },
      ...{ assessed_by: by.personId, assessed_position: by.positionId },
    })
    .execute()
  const design = { documentation: 'x', frequency: 'x', record: 'x', execution: 'x', periodicity: 'x' }
  await trx
    .insertInto('risk_control')
    .values({
      ...{ ...who, ...design, id: newId(), risk_id: riskId, n: 901, code: 'C-901', action: 'x', complement: 'x' },
      ...{ type: 'preventivo', implementation: 'manual' },
    })
    .execute()
  const places = ['inherent', 'declared', 'demonstrated'] as const
  const levels = places.map((one) => [
    [`${one}_probability`, 0],
    [`${one}_impact`, 0],
    [`${one}_zone`, 'B'],
  ])
  const left = { declared_p: '20', declared_i: '20', demonstrated_p: '20', demonstrated_i: '20' }
  const standing = { risk_id: riskId, entity_id: entityId, assessment_id: assessmentId, typology: 'gestion', ...left }
  await trx
    .insertInto('risk_standing')
    .values({ ...standing, ...Object.fromEntries(levels.flat()) })
    .execute()
  return { riskId }
}
