/** Thousands of risks with their controls, for what is measured: one made by the product's own functions, the others copies of it. */
import { sql } from 'kysely'
import { DUB_CONTROLS, DUB_RISK } from '../../catalog/demo/risks.ts'
import type { Trx } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { addControl } from '../../db/risk-controls.ts'
import { findRisk, type RiskKeeper, registerRisk } from '../../db/risks.ts'
import type { ControlInput, RiskInput } from '../../domain/risk-inputs.ts'

/** Whoever holds a duty, as who keeps risks. */
export async function riskKeeper(trx: Trx, entityId: string, duty: string): Promise<RiskKeeper> {
  const holder = await trx
    .selectFrom('position as p')
    .innerJoin('tenure as t', 't.position_id', 'p.id')
    .select(['p.id as positionId', 't.person_id as personId'])
    .where('p.entity_id', '=', entityId)
    .where('p.duty', '=', duty)
    .executeTakeFirstOrThrow()
  return { entityId, ...holder }
}

/** One risk with its controls, as whoever keeps risks makes it; answers its code. */
export async function makeRisk(trx: Trx, by: RiskKeeper, controls: number): Promise<string> {
  const input = { formKey: newId(), ownerId: by.positionId, reason: '', answers: DUB_RISK } as RiskInput
  const code = await registerRisk(trx, by, { code: 'guia_7', n: 0 }, input)
  const risk = await findRisk(trx, by.entityId, code)
  for (let i = 0; risk && i < controls; i++) {
    const design = DUB_CONTROLS[i % DUB_CONTROLS.length] as (typeof DUB_CONTROLS)[number]
    await addControl(trx, by, risk, {
      ...design,
      formKey: newId(),
      ownerId: by.positionId,
      criteria: {},
    } as ControlInput)
  }
  return code
}

/** Copies of a risk with all that stands of it, by the owner of the database; answers a control of each risk. */
export async function copyRisk(trx: Trx, code: string, copies: number): Promise<string[]> {
  await sql`create temporary table copied on commit drop as
    select gen_random_uuid() as id, gen_random_uuid() as assessment, r.id as of, g.n
    from risk r, generate_series(1001, ${1000 + copies}) g(n) where r.code = ${code}`.execute(trx)
  await sql`insert into risk (id, entity_id, n, code, owner_position, created_by)
    select c.id, r.entity_id, c.n, 'R-' || c.n, r.owner_position, r.created_by from copied c join risk r on r.id = c.of`.execute(
    trx,
  )
  await sql`insert into risk_assessment select (jsonb_populate_record(a, jsonb_build_object('id', c.assessment,
    'risk_id', c.id))).* from copied c join risk_assessment a on a.risk_id = c.of`.execute(trx)
  await sql`insert into risk_standing select (jsonb_populate_record(s, jsonb_build_object('risk_id', c.id,
    'assessment_id', c.assessment))).* from copied c join risk_standing s on s.risk_id = c.of`.execute(trx)
  await sql`insert into risk_control select (jsonb_populate_record(k, jsonb_build_object('id', gen_random_uuid(),
    'risk_id', c.id, 'n', c.n * 10 + k.n, 'code', 'C-' || c.n * 10 + k.n))).*
    from copied c join risk_control k on k.risk_id = c.of`.execute(trx)
  await sql`analyze risk, risk_assessment, risk_standing, risk_control`.execute(trx)
  const found = await sql<{ id: string }>`
    select distinct on (risk_id) id from risk_control order by risk_id, n`.execute(trx)
  return found.rows.map(({ id }) => id)
}

const CONTROLS_OF_RISK = 5

/** So many controls of one periodicity that whoever holds a duty executes, five to a risk and none scheduled yet; answers their ids. */
export async function manyControls(
  trx: Trx,
  by: RiskKeeper,
  { count, periodicity }: { count: number; periodicity: string },
): Promise<string[]> {
  const code = await makeRisk(trx, by, CONTROLS_OF_RISK)
  await sql`update risk_control set periodicity = ${periodicity}, automatic_check = null, schedule_wanted = false
    where risk_id = (select id from risk where code = ${code} and entity_id = ${by.entityId})`.execute(trx)
  await copyRisk(trx, code, count / CONTROLS_OF_RISK)
  const found = await sql<{ id: string }>`select c.id from risk_control c join risk r on r.id = c.risk_id
    where r.n > 1000 order by c.n`.execute(trx)
  return found.rows.map(({ id }) => id)
}
