import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closeAccount, openAccount } from '../../db/account-changes.ts'
import { type Trx, withActor, withEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { openFinding } from '../../db/findings.ts'
import { openFollowUp } from '../../db/follow-ups.ts'
import { countOrphans, listCutShort, listLeftWork } from '../../db/handover.ts'
import { newId } from '../../db/ids.ts'
import { handOverRisks } from '../../db/risk-handover.ts'
import { findRisk } from '../../db/risks.ts'
import { endTenure } from '../../db/tenure-changes.ts'
import { copyRisk, makeRisk } from '../support/many-risks.ts'
import { asOwner, smallTown, type Town } from '../support/town.ts'

let town: Town
beforeAll(async () => {
  town = await smallTown()
})
afterAll(() => town.close())

const holder = (duty: string) => town.holders[duty] as { personId: string; positionId: string }

/** An undone action that one position alone answers for. */
async function actionOf(duty: string, n: number, status = 'unreported'): Promise<string> {
  const id = newId()
  await asOwner(town, (owner) =>
    withEntity(owner, town.entityId, (trx) =>
      sql`insert into improvement_action (id, entity_id, year, n, code, origin, origin_key, what, duty, position_id, checker_duty,
          indicator, due_date, verify_by, status)
        values (${id}, ${town.entityId}, 2026, ${n}, ${`AM-2026-90${n}`}, 'finding', ${id}, 'x', ${duty}, ${holder(duty).positionId},
          'control_interno', 'x', '2026-12-01', '2026-12-01', ${status})`.execute(trx),
    ),
  )
  return id
}

const asAdministrator = <T>(
  work: (trx: Trx, by: { entityId: string; personId: string; positionId: string }) => Promise<T>,
) => {
  const by = { entityId: town.entityId, ...holder('administracion') }
  return withActor(town.web, by, (trx) => work(trx, by))
}

it('who alone answers for an action does not leave before it has another owner, and then nothing is left with nobody', async () => {
  const [id, given] = [await actionOf('direccion_tic', 1), await actionOf('direccion_tic', 4, 'drop_asked')]
  const { personId, positionId } = holder('direccion_tic')
  const on = appToday()
  const left = await asAdministrator((trx) => listLeftWork(trx, { personId, on }))
  expect(left).toEqual([
    { kind: 'action', id, name: 'AM-2026-901', needsOwner: true },
    { kind: 'action', id: given, name: 'AM-2026-904', needsOwner: true },
  ])
  const end = (handTo: string | null) =>
    asAdministrator(async (trx, by) => {
      const { id: tenureId } = await trx
        .selectFrom('tenure')
        .select('id')
        .where('person_id', '=', personId)
        .where('position_id', '=', positionId)
        .executeTakeFirstOrThrow()
      return await endTenure(trx, by, { id: tenureId, on, actReference: 'Resolución 9', handTo })
    })
  expect(await end(null)).toEqual({ problems: [{ field: 'handTo', code: 'work_left' }] })
  expect(await end(positionId)).toEqual({ problems: [{ field: 'handTo', code: 'not_held' }] })
  const next = holder('jefatura_ogac')
  expect(await end(next.positionId)).toHaveProperty('id')
  const after = await asAdministrator(async (trx) => ({
    action: await trx.selectFrom('improvement_action').select(['position_id', 'duty']).where('id', '=', id).execute(),
    told: await trx.selectFrom('event').select('type').where('object_id', '=', id).execute(),
    orphans: await countOrphans(trx, town.entityId),
  }))
  expect(after).toEqual({
    action: [{ position_id: next.positionId, duty: 'jefatura_ogac' }],
    told: [{ type: 'improvement.handed' }],
    orphans: 0,
  })
})

it('an account closed without handing over leaves work that is counted, and with it none', async () => {
  const id = await actionOf('jefatura_comunicaciones', 3)
  const { personId } = holder('jefatura_comunicaciones')
  await asAdministrator((trx, by) => openAccount(trx, by, { personId, email: 'comunicaciones@prueba.test' }))
  const close = (handTo: string | null) =>
    asAdministrator((trx, by) => closeAccount(trx, by, { personId, cause: 'account_lost', handTo }))
  expect(await close(holder('jefatura_comunicaciones').positionId)).toEqual({
    problems: [{ field: 'handTo', code: 'not_held' }],
  })
  expect(await close(null)).toHaveProperty('id')
  expect(await asAdministrator((trx) => countOrphans(trx, town.entityId))).toBe(1)
  await asAdministrator((trx, by) => openAccount(trx, by, { personId, email: 'comunicaciones@prueba.test' }))
  expect(await close(holder('jefatura_ogac').positionId)).toHaveProperty('id')
  expect(await asAdministrator((trx) => countOrphans(trx, town.entityId))).toBe(0)
  const moved = await asAdministrator((trx) =>
    trx.selectFrom('improvement_action').select('position_id').where('id', '=', id).execute(),
  )
  expect(moved).toEqual([{ position_id: holder('jefatura_ogac').positionId }])
})

it('reviews still to be answered are named, and substitutions that end with a person with who is told', async () => {
  const [head, deputy] = [holder('jefatura_ogac'), holder('profesional_sig')]
  await asOwner(town, (owner) =>
    withEntity(owner, town.entityId, async (trx) => {
      await sql`with chosen as (select agency_id from position where id = ${head.positionId}),
        heads as (update position set heads_agency = true where id = ${head.positionId}),
        campaign as (insert into access_campaign (id, entity_id, year, n, code, kind, vigencia, working_days, status)
          values (${newId()}, ${town.entityId}, 2098, 1, 'CR-2098-001', 'yearly', 2098, 5, 'open') returning id),
        list as (insert into review_list (id, entity_id, campaign_id, agency_id)
          select ${newId()}, ${town.entityId}, campaign.id, chosen.agency_id from campaign, chosen returning id, campaign_id),
        point as (insert into service_point (id, entity_id, agency_id, name, kind)
          select ${newId()}, ${town.entityId}, agency_id, 'Punto', 'punto' from chosen returning id, agency_id),
        access as (insert into access_grant (id, entity_id, year, n, code, vigencia, agency_id, point_id, grantee_id, form, radicado,
            radicado_on, reason, starts_on, ends_on, content_hash, asked_by, asked_position, status)
          select ${newId()}, ${town.entityId}, 2098, 1, 'AD-2098-0001', 2098, agency_id, id, ${deputy.personId}, 'F004', 'x',
            '2026-01-05', 'x', '2098-01-05', '2098-12-31', repeat('a', 64), ${head.personId}, ${head.positionId}, 'granted'
          from point returning id)
        insert into review_item (id, entity_id, campaign_id, grant_id, list_id, before_status, before_ends_on)
        select ${newId()}, ${town.entityId}, list.campaign_id, access.id, list.id, 'granted', '2098-12-31' from list, access`.execute(
        trx,
      )
      await sql`with gone as (insert into absence (id, entity_id, person_id, position_id, from_date, to_date, reason, act_reference,
            planned_by, planned_position)
          values (${newId()}, ${town.entityId}, ${head.personId}, ${head.positionId}, app_today() + 1, app_today() + 9, 'vacation', 'x',
            ${head.personId}, ${head.positionId}) returning id)
        insert into substitution (id, entity_id, absence_id, substitute_id, scope)
        select ${newId()}, ${town.entityId}, id, ${deputy.personId}, 'all' from gone`.execute(trx)
    }),
  )
  const on = appToday()
  const told = async (personId: string) =>
    (await asAdministrator((trx) => listCutShort(trx, { personId, on }))).map((one) => [one.who, one.personId])
  const left = await asAdministrator((trx) => listLeftWork(trx, { personId: head.personId, on }))
  expect(left).toContainEqual(expect.objectContaining({ kind: 'review', name: 'CR-2098-001', needsOwner: false }))
  expect(await told(head.personId)).toEqual([['substitute', deputy.personId]])
  expect(await told(deputy.personId)).toEqual([['absent', head.personId]])
})

it('what ran out by its days, with nobody asked, is counted', async () => {
  await actionOf('secretaria_general', 2)
  await asOwner(town, (owner) =>
    withEntity(owner, town.entityId, (trx) =>
      sql`update tenure set to_date = app_today() - 1 where position_id = ${holder('secretaria_general').positionId}`.execute(
        trx,
      ),
    ),
  )
  expect(await asAdministrator((trx) => countOrphans(trx, town.entityId))).toBe(1)
})

type Keeper = { entityId: string; personId: string; positionId: string }

/** A finding that this keeper writes and answers for. */
async function findingOf(trx: Trx, keeper: Keeper): Promise<string> {
  const about = { origin: 'audit' as const, source: 'Auditoría 1', radicado: null, foundOn: appToday() }
  const words = { criterion: 'La norma se cumple.', condition: 'No se cumple todavía.', cause: '', effect: '' }
  const finding = { ...about, ...words, id: newId(), ownerPosition: keeper.positionId }
  const by = { actorPerson: keeper.personId, actorPosition: keeper.positionId, origin: 'web' as const }
  await openFinding(trx, finding, { ...keeper, ...by }, keeper)
  return finding.id
}

it('open findings, risks, controls and indicators of a position go to another, with what is asked of it by a day', async () => {
  const [from, next] = [holder('profesional_tic'), holder('profesional_ogac')]
  const keeper = { entityId: town.entityId, personId: from.personId, positionId: from.positionId }
  const found = await withActor(town.web, keeper, async (trx) => {
    const risk = await findRisk(trx, town.entityId, await makeRisk(trx, keeper, 1), { lock: true })
    if (!risk) throw new Error('no risk')
    return { risk: risk.id, code: risk.code, finding: await findingOf(trx, keeper) }
  })
  // More controls than one page of anything: none of them may hide the finding.
  await asOwner(town, (owner) => withEntity(owner, town.entityId, (trx) => copyRisk(trx, found.code, 201)))
  const orphans = await asAdministrator((trx) => countOrphans(trx, town.entityId))
  const on = appToday()
  const left = await asAdministrator((trx) => listLeftWork(trx, { personId: from.personId, on }))
  expect(left.map(({ kind, needsOwner }) => [kind, needsOwner])).toEqual(
    expect.arrayContaining([
      ['finding', true],
      ['risk', false],
      ['control', false],
    ]),
  )
  expect(left[0]).toMatchObject({ kind: 'finding', id: found.finding })
  expect(left).toHaveLength(1 + 2 * 202)
  const end = (handTo: string | null) =>
    asAdministrator(async (trx, by) => {
      const { id } = await trx
        .selectFrom('tenure')
        .select('id')
        .where('person_id', '=', from.personId)
        .where('position_id', '=', from.positionId)
        .executeTakeFirstOrThrow()
      return await endTenure(trx, by, { id, on, actReference: 'Resolución 10', handTo })
    })
  expect(await end(null)).toEqual({ problems: [{ field: 'handTo', code: 'work_left' }] })
  expect(await end(next.positionId)).toHaveProperty('id')
  const after = await asAdministrator(async (trx) => ({
    owners: (
      await sql<{ owner: string; n: number }>`select owner, count(*)::int as n from (
        select owner_position as owner from risk union all select owner_position from finding
        union all select owner_position from risk_control) owned group by owner`.execute(trx)
    ).rows,
    asked: await trx
      .selectFrom('follow_up')
      .select(['kind', 'position_id', 'duty', 'signal_wanted'])
      .where('object_id', 'in', [found.risk, found.finding])
      .where('status', '=', 'open')
      .orderBy('kind')
      .execute(),
    told: await trx.selectFrom('event').select('type').where('type', 'like', '%.handed').orderBy('type').execute(),
    orphans: await countOrphans(trx, town.entityId),
  }))
  expect(after.owners).toEqual([{ owner: next.positionId, n: 1 + 2 * 202 }])
  const asked = { position_id: next.positionId, duty: 'profesional_ogac', signal_wanted: true }
  expect(after.asked).toEqual([
    { kind: 'cause_analysis', ...asked },
    { kind: 'risk_review', ...asked },
    { kind: 'treat_risk', ...asked },
  ])
  expect(after.told.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['control.handed', 'finding.handed', 'risk.handed']),
  )
  expect(after.orphans).toBe(orphans)
})

it('a finding that passes to another position is closed by whoever checks that one, and its event says so', async () => {
  const keeper = { entityId: town.entityId, ...holder('profesional_sig') }
  const to = { id: holder('profesional_ogac').positionId, duty: 'control_interno' }
  const { changes, asked } = await withActor(town.web, keeper, async (trx) => {
    const id = await findingOf(trx, keeper)
    const { code, checker_duty: duty } = await trx
      .selectFrom('finding')
      .select(['code', 'checker_duty'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const closing = { entityId: town.entityId, kind: 'finding_closing' as const, objectId: id, code, duty }
    await openFollowUp(trx, { ...closing, positionId: null, dueOn: appToday() })
    await sql`update follow_up set signal_wanted = false where object_id = ${id}`.execute(trx)
    await handOverRisks(trx, keeper, [{ kind: 'finding', id }], to)
    const told = trx.selectFrom('event').select('changes').where('object_id', '=', id)
    return {
      changes: (await told.where('type', '=', 'finding.handed').executeTakeFirstOrThrow()).changes,
      asked: await trx
        .selectFrom('follow_up')
        .select(['position_id', 'duty', 'signal_wanted'])
        .where('object_id', '=', id)
        .where('kind', '=', 'finding_closing')
        .execute(),
    }
  })
  expect(asked).toEqual([{ position_id: null, duty: 'alcaldia', signal_wanted: true }])
  expect(changes).toContainEqual({ field: 'checker_duty', before: 'control_interno', after: 'alcaldia' })
})
