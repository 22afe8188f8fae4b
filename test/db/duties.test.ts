import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Trx, withActor, withEntity } from '../../db/client.ts'
import { findCycle } from '../../db/cycles.ts'
import { newId } from '../../db/ids.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { proveDuties } from '../proofs/duties.ts'
import { asOwner, openCycle, smallTown, type Town } from '../support/town.ts'

type Role = 'author' | 'reviewer' | 'approver' | 'consent'
type Policy = 'block' | 'warn' | 'allow'

interface Mark {
  role: Role
  duty: string
  /** Whose hand it is when not the one of whoever holds the duty. */
  hand?: string
  actingFor?: string
  verdict?: 'submit' | 'approve' | 'return'
  policy?: Policy
}

interface Frozen {
  cycleId: string
  stepId: string
  attemptId: string
  versionId: string
}

let town: Town
let ofStep1: string
beforeAll(async () => {
  town = await smallTown()
  ofStep1 = await openCycle(town, '2026-03-02T17:00:00.000Z')
})
afterAll(() => town.close())

const personOf = (duty: string) => town.holders[duty]?.personId ?? ''

/** A frozen version of a step on which only Profesional OGAC has worked. */
async function frozen(cycleId = ofStep1, code: '1' | '6' = '1'): Promise<Frozen> {
  return await withEntity(town.web, town.entityId, async (trx) => {
    const step = await trx
      .selectFrom('step')
      .select(['id', 'attempt_id'])
      .where('cycle_id', '=', cycleId)
      .where('code', '=', code)
      .executeTakeFirstOrThrow()
    const [stepId, attemptId, versionId] = [step.id, step.attempt_id ?? '', newId()]
    const key = { entity_id: town.entityId, step_id: stepId, attempt_id: attemptId }
    const { n } = await trx
      .selectFrom('step_version')
      .select(({ fn }) => fn.countAll<string>().as('n'))
      .where('step_id', '=', stepId)
      .executeTakeFirstOrThrow()
    const author = town.holders.profesional_ogac
    await trx
      .insertInto('attempt_author')
      .values({ ...key, person_id: author?.personId ?? '', position_id: author?.positionId ?? '' })
      .onConflict((oc) => oc.doNothing())
      .execute()
    await trx
      .insertInto('step_version')
      .values({
        ...{ ...key, id: versionId, cycle_id: cycleId, step_code: code, n: Number(n) + 1, form_version: 1 },
        ...{ answers: '{}', canonical: '{}', hash: versionId, snapshot_html: '', built_on: '{}', input_hashes: '[]' },
        ...{ authors: '[]', frozen_by: personOf('profesional_ogac') },
      })
      .execute()
    return { cycleId, stepId, attemptId, versionId }
  })
}

/** Straight into the table, as the worker's role, asking no rule of the domain. */
async function sign({ cycleId, stepId, versionId }: Frozen, mark: Mark): Promise<void> {
  await withEntity(town.worker, town.entityId, async (trx) => {
    const id = newId()
    const holder = town.holders[mark.duty]
    const who = { person_id: mark.hand ?? holder?.personId ?? '', position_id: holder?.positionId ?? '' }
    const row = { id, entity_id: town.entityId, cycle_id: cycleId, acting_for: mark.actingFor ?? null, ...who }
    const verdict = mark.verdict ?? (mark.role === 'author' ? 'submit' : 'approve')
    await storeAct(trx, { ...row, kind: verdict, object_id: versionId, duty: mark.duty })
    await trx
      .insertInto('signature')
      .values({
        ...{ ...row, step_id: stepId, step_version_id: versionId, role: mark.role, verdict, duty: mark.duty },
        ...{ person_name: 'x', position_name: 'x', tenure_kind: 'titular', statement: 'x', method: 'x' },
        ...{ content_hash: versionId, reviewer_is_approver: mark.policy ?? 'block', receipt_code: id },
        signed_at: sql<Date>`app_now()`,
      })
      .execute()
  })
}

type ActColumns = Record<'id' | 'entity_id' | 'cycle_id' | 'person_id' | 'position_id' | 'object_id', string>

async function storeAct(trx: Trx, act: ActColumns & { acting_for: string | null; kind: string; duty: string }) {
  await trx
    .insertInto('act')
    .values({ ...act, step_code: '1', object_type: 'step_version', body_hash: 'x', receipt_code: act.id })
    .execute()
}

const OWN_WORK = { code: 'CZ001', message: 'own_work' }
const BOTH = { code: 'CZ002', message: 'reviewer_approves' }

describe('what one elaborated, straight in SQL', () => {
  for (const role of ['reviewer', 'approver', 'consent'] as const) {
    it(`is not approved as ${role} by its author, whatever position they hold now and whatever the policy`, async () => {
      const version = await frozen()
      const hand = personOf('profesional_ogac')
      for (const policy of ['block', 'warn', 'allow'] as const)
        await expect(sign(version, { role, duty: 'jefatura_ogac', hand, policy })).rejects.toMatchObject(OWN_WORK)
    })

    it(`is not approved as ${role} by somebody who acts for its author`, async () => {
      const actingFor = personOf('profesional_ogac')
      await expect(sign(await frozen(), { role, duty: 'jefatura_ogac', actingFor })).rejects.toMatchObject(OWN_WORK)
    })
  }

  it('is not approved by whoever only signed its submission, nor by whom that was signed for', async () => {
    const version = await frozen()
    const submitter = { role: 'author', duty: 'profesional_tic', actingFor: personOf('secretaria_general') } as const
    await sign(version, submitter)
    for (const hand of [personOf('profesional_tic'), personOf('secretaria_general')])
      await expect(sign(version, { role: 'approver', duty: 'jefatura_ogac', hand })).rejects.toMatchObject(OWN_WORK)
    const later = await frozen()
    const earlierAuthor = { role: 'approver', duty: 'jefatura_ogac', hand: personOf('profesional_tic') } as const
    await expect(sign(later, earlierAuthor)).rejects.toMatchObject(OWN_WORK)
  })

  it('may be sent back by its author, and approved by anybody else', async () => {
    const version = await frozen()
    const hand = personOf('profesional_ogac')
    await sign(version, { role: 'reviewer', duty: 'profesional_sig', hand, verdict: 'return' })
    await sign(version, { role: 'approver', duty: 'jefatura_ogac' })
  })
})

describe('a report with words somebody proposed, straight in SQL', () => {
  it('is not approved by whoever proposed them nor by who acts for them; they review it', async () => {
    const cycleId = await openCycle(town, '2026-03-02T17:00:00.000Z')
    const [proposer, answerer] = [town.holders.profesional_sig, town.holders.profesional_ogac]
    const approval = { role: 'approver', duty: 'jefatura_ogac' } as const
    const hand = proposer?.personId ?? ''
    await asOwner(town, (owner) =>
      withEntity(owner, town.entityId, async (trx) => {
        const { id: stepId } = await trx
          .selectFrom('step')
          .select('id')
          .where('cycle_id', '=', cycleId)
          .where('code', '=', '6')
          .executeTakeFirstOrThrow()
        const attempt = { id: newId(), entity_id: town.entityId, cycle_id: cycleId, step_id: stepId, n: 1 }
        await trx
          .insertInto('attempt')
          .values({ ...attempt, form_version: 1, opened_at: sql<Date>`app_now()` })
          .execute()
        await trx.updateTable('step').set({ attempt_id: attempt.id }).where('id', '=', stepId).execute()
        await trx
          .insertInto('section_proposal')
          .values({
            ...{ id: newId(), entity_id: town.entityId, cycle_id: cycleId, section: 'alcance', base: 'a', value: 'b' },
            ...{ reason: 'x', person_id: hand, position_id: proposer?.positionId ?? '', status: 'accepted' },
            ...{ answered_by: answerer?.personId ?? '', answered_position: answerer?.positionId ?? '' },
            answered_at: sql<Date>`app_now()`,
          })
          .execute()
      }),
    )
    const version = await frozen(cycleId, '6')
    const cycle = await withEntity(town.worker, town.entityId, (trx) => findCycle(trx, cycleId))
    expect(cycle && stepOf(cycle.state, '6').proposers).toEqual([hand])
    for (const role of ['approver', 'consent'] as const)
      await expect(sign(version, { ...approval, role, hand, policy: 'allow' })).rejects.toMatchObject(OWN_WORK)
    await expect(sign(version, { ...approval, actingFor: hand })).rejects.toMatchObject(OWN_WORK)
    await sign(version, { role: 'reviewer', duty: 'profesional_sig' })
    await sign(version, approval)
  })
})

describe('what one reviewed, straight in SQL', () => {
  const reviewed = async (mark: Partial<Mark> = {}) => {
    const version = await frozen()
    await sign(version, { role: 'reviewer', duty: 'profesional_sig', ...mark })
    return version
  }
  const approval = (mark: Partial<Mark>): Mark => ({ role: 'approver', duty: 'jefatura_ogac', ...mark })

  it('is not approved by the same person where the procedure blocks it', async () => {
    const hand = personOf('profesional_sig')
    const version = await reviewed()
    await expect(sign(version, approval({ hand }))).rejects.toMatchObject(BOTH)
    await expect(sign(version, approval({ hand, role: 'consent' }))).rejects.toMatchObject(BOTH)
    await sign(version, approval({}))
  })

  it('nor by who acts for the reviewer, nor by whom the reviewer acted for', async () => {
    const version = await reviewed()
    await expect(sign(version, approval({ actingFor: personOf('profesional_sig') }))).rejects.toMatchObject(BOTH)
    const forAnother = await reviewed({ actingFor: personOf('jefatura_ogac') })
    await expect(sign(forAnother, approval({}))).rejects.toMatchObject(BOTH)
  })

  for (const policy of ['warn', 'allow'] as const)
    it(`is approved by the same person where the procedure says "${policy}"`, async () => {
      const version = await reviewed({ policy })
      await sign(version, approval({ hand: personOf('profesional_sig'), policy }))
    })

  it('counts for its own version only', async () => {
    await reviewed()
    await sign(await frozen(), approval({ hand: personOf('profesional_sig') }))
  })
})

describe('a substitution, straight in SQL as the web', () => {
  const days = (from: number, to: number) => [sql`app_today() + ${from}::int`, sql`app_today() + ${to}::int`] as const
  /** Keeps an absence of one person with another as substitute; nothing of the domain is asked. */
  async function plan(absent: string, deputy: string, [from, to]: ReturnType<typeof days>, scope = 'all') {
    const [holder, id] = [town.holders[absent], newId()]
    const by = { entityId: town.entityId, personId: holder?.personId ?? '' }
    await withActor(town.web, by, async (trx) => {
      await sql`insert into absence (id, entity_id, person_id, position_id, from_date, to_date, reason, act_reference, planned_by,
          planned_position) values (${id}, ${town.entityId}, ${by.personId}, ${holder?.positionId}, ${from}, ${to}, 'vacation',
          'Resolución 1', ${by.personId}, ${holder?.positionId})`.execute(trx)
      await sql`insert into substitution (id, entity_id, absence_id, substitute_id, scope)
        values (gen_random_uuid(), ${town.entityId}, ${id}, ${personOf(deputy)}, ${scope})`.execute(trx)
    })
  }
  const REFUSED = { code: 'CZ004' }

  it('has no circle, no chain, nobody absent, nobody for themselves and one person for each work', async () => {
    await plan('secretaria_general', 'jefatura_comunicaciones', days(100, 110))
    const within = days(105, 106)
    for (const [absent, deputy] of [
      ['jefatura_comunicaciones', 'secretaria_general'],
      ['jefatura_comunicaciones', 'jefatura_ogac'],
      ['jefatura_ogac', 'secretaria_general'],
      ['jefatura_ogac', 'jefatura_ogac'],
      ['secretaria_general', 'direccion_tic'],
    ] as const)
      await expect(plan(absent, deputy, within), `${absent} by ${deputy}`).rejects.toMatchObject(REFUSED)
    await expect(plan('secretaria_general', 'direccion_tic', within, 'decisions')).rejects.toMatchObject(REFUSED)
    await plan('jefatura_comunicaciones', 'secretaria_general', days(111, 112))
  })

  it('begins today at the earliest', async () => {
    await expect(plan('jefatura_ogac', 'direccion_tic', days(-1, 1))).rejects.toMatchObject({ code: '42501' })
  })

  it('is said on every act: one that hides it is refused, and so is one for somebody else', async () => {
    const { personId, positionId } = town.holders.jefatura_ogac as { personId: string; positionId: string }
    const position = { actingFor: { personId: personOf('secretaria_general') } }
    const store = (acting_for: string | null, person_id = personId) =>
      withActor(town.web, { entityId: town.entityId, personId, position }, (trx) =>
        storeAct(trx, {
          ...{ id: newId(), entity_id: town.entityId, cycle_id: ofStep1, person_id, position_id: positionId },
          ...{ object_id: newId(), duty: 'jefatura_ogac', kind: 'approve', acting_for },
        }),
      )
    await expect(store(null)).rejects.toMatchObject({ code: '42501' })
    await expect(store(personOf('direccion_tic'))).rejects.toMatchObject({ code: '42501' })
    await expect(store(personOf('secretaria_general'), personOf('direccion_tic'))).rejects.toMatchObject({
      code: '42501',
    })
    await store(personOf('secretaria_general'))
  })
})

describe('random histories of editing, signing, returning, reopening, changing office and substituting', () => {
  it('never give one natural person both duties', () => {
    const played = proveDuties(300)
    expect(played.approvals).toBeGreaterThan(50)
    expect(played.substituted).toBeGreaterThan(10)
    expect(played.refusals.substitution_chain).toBeGreaterThan(0)
    expect(played.refusals.own_work).toBeGreaterThan(50)
    expect(played.refusals.reviewer_approves).toBeGreaterThan(10)
  })
})
