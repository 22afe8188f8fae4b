/** A risk that moves to another methodology: a new assessment, with the table a person confirmed (decision 0046). */
import {
  type Equivalences,
  type MoveTable,
  movedAnswers,
  movedPlace,
  objectionToMove,
  objectionToTarget,
} from '../domain/methodology-moves.ts'
import { Refused, refuseIf } from '../domain/refusals.ts'
import type { MethodologyKey } from '../domain/risk-methodology.ts'
import { zoneOf } from '../domain/risks.ts'
import { eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { hashOf } from './content-hash.ts'
import { requireChosen } from './methodology-choices.ts'
import { listRatedControls } from './risk-standings.ts'
import { type HeldRisk, type RiskKeeper, storeAssessment } from './risks.ts'
import type { MovedRisk } from './standing-moves.ts'

export interface Move {
  formKey: string
  /** Where to, and as which of its typologies. */
  key: MethodologyKey
  typology: string
  table: MoveTable
  reason: string
  /** Hash of the assessment that was read. */
  read: string
}

/**
 * Moves a risk by a table; the same form sent again moves nothing. Throws `Refused('body_differs')` where it says something
 * else then, `content_changed` to whoever read another assessment, `methodology_not_chosen` where new assessments use another
 * methodology, and whatever objects to the kind or the table.
 */
export async function moveRisk(trx: Trx, by: RiskKeeper, risk: HeldRisk, move: Move): Promise<MovedRisk | null> {
  const { formKey: id, key, typology, table, reason, read } = move
  const hash = hashOf({ schema: 1, risk: risk.id, methodology: { ...key }, typology, table: { ...table }, reason })
  const known = await trx.selectFrom('risk_assessment').select('content_hash').where('id', '=', id).executeTakeFirst()
  if (known && known.content_hash !== hash) throw new Refused('body_differs')
  if (known) return null
  const { assessment } = risk
  if (assessment.contentHash !== read) throw new Refused('content_changed')
  const kind = await requireChosen(trx, by.entityId, { key, typology })
  refuseIf(objectionToTarget(assessment, kind))
  const to = kind.methodology
  const controls = await listRatedControls(trx, risk.id)
  refuseIf(objectionToMove({ from: assessment.methodology, to }, controls, table))
  const equivalences: Equivalences = { from: assessment.key, typology: assessment.answers.typology, ...table }
  const inherent = movedPlace(to, assessment.inherent, table)
  const answers = movedAnswers(to, assessment.answers, typology)
  const n = assessment.n + 1
  const moved = await storeAssessment(trx, by, risk, { id, n, key, answers, inherent, reason, hash, equivalences })
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'risk.moved', objectId: risk.id, objectVersion: String(n), contentHash: hash },
    changes: [
      { field: 'code', before: null, after: risk.code },
      { field: 'methodology', before: assessment.key.code, after: key.code },
      { field: 'version', before: assessment.key.n, after: key.n },
      {
        field: 'zone',
        before: zoneOf(assessment.methodology, assessment.inherent.zone).name,
        after: zoneOf(to, inherent.zone).name,
      },
    ],
  })
  return moved
}

export interface MadeAssessment {
  n: number
  key: MethodologyKey
  typology: string
  description: string
  probability: number
  impact: number
  reason: string | null
  position: string
  assessedAt: Date
  equivalences: Equivalences | null
}

/** One assessment of a risk, as it was made; undefined where there is none. */
export async function findAssessment(trx: Trx, riskId: string, n: number): Promise<MadeAssessment | undefined> {
  const row = await trx
    .selectFrom('risk_assessment as a')
    .innerJoin('position', 'position.id', 'a.assessed_position')
    .select(['a.n', 'a.methodology', 'a.methodology_n', 'a.typology', 'a.description', 'a.probability', 'a.impact'])
    .select(['a.reason', 'position.name as position', 'a.assessed_at as assessedAt', 'a.equivalences'])
    .where('a.risk_id', '=', riskId)
    .where('a.n', '=', n)
    .executeTakeFirst()
  if (!row) return undefined
  const { methodology: code, methodology_n, equivalences, ...made } = row
  return { ...made, key: { code, n: methodology_n }, equivalences: equivalences as unknown as Equivalences | null }
}
