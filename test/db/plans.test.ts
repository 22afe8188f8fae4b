import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tellOfFollowUp } from '../../activities/tell-of-follow-up.ts'
import { type Trx, withActor, withEntity, withoutEntity } from '../../db/client.ts'
import { findFinding, listFindings } from '../../db/finding-pages.ts'
import {
  closeFinding,
  findHeldFinding,
  findPlanned,
  isAnalysed,
  listAnalyses,
  planAction,
  recordCauses,
} from '../../db/finding-plans.ts'
import { openFinding, recordFinding } from '../../db/findings.ts'
import { listFollowUps } from '../../db/follow-ups.ts'
import { newId } from '../../db/ids.ts'
import {
  lockAction,
  recordCheck,
  recordDrop,
  recordProgress,
  recordResult,
  recordVerification,
} from '../../db/improvement-entries.ts'
import { findAction, listActions, listDueActions } from '../../db/improvement-pages.ts'
import { rehearse } from '../../db/rehearsal.ts'
import { demoEntityId } from '../../db/seed.ts'
import { objectionToClosing } from '../../domain/findings.ts'
import type { CheckVerdict, DropVerdict, VerificationVerdict } from '../../domain/improvement.ts'
import type { CauseAnalysisInput, FindingInput } from '../../domain/improvement-inputs.ts'
import { openSignedWorld, type Person, type SignedWorld } from '../support/signed-cycle.ts'

let world: SignedWorld
beforeAll(async () => {
  world = await openSignedWorld()
}, 180_000)
afterAll(() => world?.close())

const as = (duty: string) => ({ ...(world.people[duty] as Person), entityId: world.entityId, requestId: null })
const act = <T>(duty: string, work: (trx: Trx) => Promise<T>) => withActor(world.web, as(duty), work)
const ask = <T>(work: (trx: Trx) => Promise<T>) => act('jefatura_ogac', work)
const [AUDITOR, OWNER, DOER] = ['control_interno', 'direccion_tic', 'profesional_tic']

const written = (): FindingInput => ({
  ...{ findingId: newId(), origin: 'audit', source: 'Informe de auditoría 04 de 2026', radicado: '', risk: '' },
  ...{ foundOn: '2026-03-02', criterion: 'MM-GAC-P-008, paso 3.', condition: 'Faltan 2 fuentes.' },
  ...{ cause: 'No hay acuerdo.', effect: 'El corte queda incompleto.', positionId: as(OWNER).positionId },
})

const record = (finding = written()) => act(AUDITOR, (trx) => recordFinding(trx, as(AUDITOR), finding))

async function held(trx: Trx, code: string) {
  const finding = await findHeldFinding(trx, world.entityId, code, { lock: true })
  if (!finding) throw new Error(`no ${code}`)
  return finding
}

const WHYS = ['No llegó el archivo.', 'Nadie lo pidió.', 'Ningún documento dice quién lo pide.']

const analyse = (code: string, input: Partial<CauseAnalysisInput> = {}) =>
  act(OWNER, async (trx) => {
    const asked: CauseAnalysisInput = {
      formKey: newId(),
      method: 'five_whys',
      steps: WHYS,
      root: 'Sin dueño.',
      ...input,
    }
    await recordCauses(trx, as(OWNER), await held(trx, code), asked)
    return asked
  })

const planned = (code: string, formKey = newId(), what = 'Acordar la entrega.') =>
  act(OWNER, async (trx) => {
    const { positionId } = as(DOER)
    const asked = { formKey, what, positionId, dueDate: '2097-02-01', indicator: 'Acuerdo firmado.' }
    const finding = await held(trx, code)
    return (await findPlanned(trx, as(OWNER), finding.id, asked)) ?? (await planAction(trx, as(OWNER), finding, asked))
  })

const said = (evidence = 'Acta 12') => ({ id: newId(), body: 'Se firmó el acuerdo.', evidence, files: [] })

async function onAction(
  duty: string,
  code: string,
  work: (trx: Trx, action: NonNullable<Awaited<ReturnType<typeof lockAction>>>) => Promise<void>,
) {
  await act(duty, async (trx) => {
    const action = await lockAction(trx, world.entityId, code)
    if (!action) throw new Error(`no ${code}`)
    await work(trx, action)
  })
}

const finish = (code: string) => onAction(DOER, code, (trx, action) => recordResult(trx, as(DOER), action, said()))
const verify = (code: string, verdict: VerificationVerdict = 'verified', duty = AUDITOR) =>
  onAction(duty, code, (trx, action) => recordVerification(trx, as(duty), action, { ...said(), verdict, months: 6 }))
const review = (code: string, verdict: CheckVerdict) =>
  onAction(AUDITOR, code, (trx, action) => recordCheck(trx, as(AUDITOR), action, { ...said(), verdict }))

const askToDrop = (code: string) =>
  onAction(DOER, code, (trx, action) => recordProgress(trx, as(DOER), action, { ...said(''), status: 'drop_asked' }))
const decide = (code: string, verdict: DropVerdict, duty = AUDITOR) =>
  onAction(duty, code, (trx, action) => recordDrop(trx, as(duty), action, { ...said(''), verdict }))
const statusOf = async (code: string) => (await ask((trx) => findAction(trx, world.entityId, code)))?.status
const dueOf = async (duty: string) => {
  const reader = { ...as(duty), duty }
  const { rows } = await act(duty, (trx) => listDueActions(trx, reader, '2099-01-01', null, 50))
  return rows.map(({ code, status }) => `${status} ${code}`)
}

const close = (code: string) =>
  act(AUDITOR, async (trx) => closeFinding(trx, as(AUDITOR), await held(trx, code), 'Las dos fuentes llegan a tiempo.'))

const waiting = async (duty: string) => {
  const reader = { ...as(duty), duty }
  const { rows } = await act(duty, (trx) => listFollowUps(trx, reader, { until: '2099-01-01', limit: 50 }))
  return rows.map(({ kind, code }) => `${kind} ${code}`)
}

async function eventsOf(code: string): Promise<string[]> {
  return await withEntity(world.owner, world.entityId, async (trx) => {
    const { id } = await held(trx, code)
    const rows = await trx.selectFrom('event').select('type').where('object_id', '=', id).orderBy('at').execute()
    return rows.map(({ type }) => type)
  })
}

const objection = (code: string) => ask(async (trx) => objectionToClosing(await held(trx, code))?.code ?? null)

describe('a finding, from its causes to its closing', () => {
  it('asks its owner for causes, then for actions, and closes on an effectiveness review alone', async () => {
    const code = await record()
    expect(await waiting(OWNER)).toContain(`cause_analysis ${code}`)
    expect(await objection(code)).toBe('causes_unknown')
    await analyse(code)
    expect(await waiting(OWNER)).not.toContain(`cause_analysis ${code}`)
    expect(await objection(code)).toBe('plan_empty')
    expect(await waiting(OWNER)).toContain(`plan_actions ${code}`)
    const action = await planned(code)
    expect(await waiting(OWNER)).not.toContain(`plan_actions ${code}`)
    await finish(action)
    expect(await objection(code)).toBe('effect_unproven')
    // Whoever carried it out verifies nothing, and neither does the database let them.
    await expect(verify(action, 'verified', DOER)).rejects.toMatchObject({ code: 'CZ001' })
    await verify(action)
    expect(await objection(code)).toBe('effect_unproven')
    await expect(close(code)).rejects.toMatchObject({ code: 'CZ002' })
    await review(action, 'effective')
    expect(await waiting(AUDITOR)).toContain(`finding_closing ${code}`)
    expect(await objection(code)).toBeNull()
    await close(code)
    expect(await waiting(AUDITOR)).not.toContain(`finding_closing ${code}`)
    expect(await ask((trx) => findFinding(trx, world.entityId, code))).toMatchObject({
      ...{ status: 'closed', closingNote: 'Las dos fuentes llegan a tiempo.', closedBy: 'Jefatura de Control Interno' },
    })
    expect(await eventsOf(code)).toEqual(['finding.recorded', 'finding.analysed', 'finding.closed'])
    await expect(close(code)).rejects.toMatchObject({ code: 'CZ002' })
  })

  it('sends back what was not carried out, with the day it had', async () => {
    const code = await record()
    await analyse(code)
    const action = await planned(code)
    await finish(action)
    const days = async () => (await ask((trx) => findAction(trx, world.entityId, action)))?.day
    expect(await days()).not.toBe('2097-02-01')
    await verify(action, 'in_progress')
    expect(await ask((trx) => findAction(trx, world.entityId, action))).toMatchObject({
      ...{ status: 'in_progress', day: '2097-02-01', checkOn: null },
    })
  })

  it('is opened again by an action without effect: other causes, other actions, and only those count', async () => {
    const code = await record()
    await analyse(code)
    const first = await planned(code)
    await finish(first)
    await verify(first)
    await review(first, 'ineffective')
    expect(await objection(code)).toBe('causes_unknown')
    expect(await waiting(OWNER)).toContain(`cause_analysis ${code}`)
    await analyse(code, { method: 'list', steps: ['El acuerdo no dice la fecha.'] })
    const second = await planned(code)
    await finish(second)
    await verify(second)
    await review(second, 'effective')
    await close(code)
    const { id } = await ask((trx) => held(trx, code))
    const analyses = await ask((trx) => listAnalyses(trx, id))
    expect(analyses.map(({ round, method, steps }) => [round, method, steps.length])).toEqual([
      [2, 'list', 1],
      [1, 'five_whys', 3],
    ])
    expect(await eventsOf(code)).toEqual([
      ...['finding.recorded', 'finding.analysed', 'finding.reopened', 'finding.analysed', 'finding.closed'],
    ])
    const { rows } = await ask((trx) => listActions(trx, world.entityId, { findingId: id }))
    expect(rows.map(({ status }) => status).sort()).toEqual(['effective', 'ineffective'])
  })
})

describe('an action that whoever answers for it would give up', () => {
  it('is decided by whoever checks it, and never by whoever asks', async () => {
    const code = await record()
    await analyse(code)
    const action = await planned(code)
    await askToDrop(action)
    expect(await statusOf(action)).toBe('drop_asked')
    expect(await dueOf(AUDITOR)).toContain(`drop_asked ${action}`)
    expect(await objection(code)).toBe('effect_unproven')
    await expect(decide(action, 'dropped', DOER)).rejects.toMatchObject({ code: 'CZ001' })
    const straight = withEntity(world.owner, world.entityId, (trx) =>
      trx.updateTable('improvement_action').set({ status: 'dropped' }).where('code', '=', action).execute(),
    )
    await expect(straight).rejects.toMatchObject({ code: 'CZ001' })
    await decide(action, 'in_progress')
    expect(await statusOf(action)).toBe('in_progress')
    expect(await dueOf(DOER)).toContain(`in_progress ${action}`)
  })

  it('leaves a plan without actions to be planned anew', async () => {
    const code = await record()
    await analyse(code)
    const action = await planned(code)
    await askToDrop(action)
    await decide(action, 'dropped')
    expect(await objection(code)).toBe('plan_empty')
    expect(await waiting(OWNER)).toContain(`plan_actions ${code}`)
  })

  it('is not given up on what whoever asks wrote before they reported on it, whatever writes the row', async () => {
    const code = await record()
    await analyse(code)
    const action = await planned(code)
    const { personId, positionId } = as(DOER)
    await withEntity(world.owner, world.entityId, (trx) =>
      sql`insert into improvement_entry (id, entity_id, action_id, n, kind, status, body, person_id, position_id)
        select gen_random_uuid(), entity_id, id, 1, 'verification', 'dropped', 'Se descarta.', ${personId}, ${positionId}
        from improvement_action where code = ${action}`.execute(trx),
    )
    await askToDrop(action)
    const straight = withEntity(world.owner, world.entityId, (trx) =>
      trx.updateTable('improvement_action').set({ status: 'dropped' }).where('code', '=', action).execute(),
    )
    await expect(straight).rejects.toMatchObject({ code: 'CZ001' })
    await decide(action, 'dropped')
    expect(await statusOf(action)).toBe('dropped')
  })

  it('is decided, verified and checked in a substitution by whoever never reported on it', async () => {
    const code = await record()
    await analyse(code)
    const action = await planned(code)
    const judged = async (substitute: string) => {
      const { positionId, personId: absentId } = as(AUDITOR)
      const asked = { entityId: world.entityId, positionId, absentId, substituteId: as(substitute).personId }
      const { lines } = await ask((trx) => rehearse(trx, { ...asked, scope: 'all' }))
      const line = lines.find(({ name }) => name === action)
      return line && [line.isOpen, line.against?.code ?? null]
    }
    const seen = async () => [await judged(DOER), await judged('profesional_comunicaciones')]
    const [own, free] = [
      [true, 'own_work'],
      [true, null],
    ]
    expect(await seen()).toEqual([undefined, undefined])
    await askToDrop(action)
    expect(await seen()).toEqual([own, free])
    await decide(action, 'in_progress')
    await finish(action)
    expect(await seen()).toEqual([own, free])
    await verify(action)
    // Its effect cannot be seen for months.
    expect(await seen()).toEqual([own, [false, null]])
  })

  it.each(['dropped', 'in_progress'] as const)('postpones nothing of a later plan: %s', async (verdict) => {
    const code = await record()
    await analyse(code)
    const [given, tried] = [await planned(code), await planned(code)]
    await finish(tried)
    await verify(tried)
    await review(tried, 'ineffective')
    await analyse(code)
    await withEntity(world.owner, world.entityId, (trx) =>
      trx.updateTable('follow_up').set({ due_on: '2026-12-01' }).where('code', '=', code).execute(),
    )
    await askToDrop(given)
    await decide(given, verdict)
    const asked = await withEntity(world.owner, world.entityId, (trx) =>
      trx
        .selectFrom('follow_up')
        .select(['kind', 'due_on'])
        .where('code', '=', code)
        .where('status', '=', 'open')
        .execute(),
    )
    expect(asked).toEqual([{ kind: 'plan_actions', due_on: '2026-12-01' }])
  })

  it('asks for the closing where every other action had its effect', async () => {
    const code = await record()
    await analyse(code)
    const [kept, given] = [await planned(code), await planned(code)]
    await finish(kept)
    await verify(kept)
    await review(kept, 'effective')
    expect(await waiting(AUDITOR)).not.toContain(`finding_closing ${code}`)
    await askToDrop(given)
    expect(await waiting(AUDITOR)).not.toContain(`finding_closing ${code}`)
    await decide(given, 'dropped')
    expect(await waiting(AUDITOR)).toContain(`finding_closing ${code}`)
    await close(code)
  })
})

describe('the same form sent again', () => {
  it('makes one finding, one analysis and one action, and refuses other words', async () => {
    const finding = written()
    const code = await record(finding)
    expect(await record(finding)).toBe(code)
    await expect(record({ ...finding, effect: 'Otro efecto distinto.' })).rejects.toMatchObject({
      code: 'body_differs',
    })
    const asked = await analyse(code)
    const again = (more: Partial<CauseAnalysisInput> = {}) =>
      ask(async (trx) => isAnalysed(trx, (await held(trx, code)).id, { ...asked, ...more }))
    expect(await again()).toBe(true)
    await expect(again({ steps: [...WHYS, 'Otra.'] })).rejects.toMatchObject({ code: 'body_differs' })
    const key = newId()
    const action = await planned(code, key)
    expect(await planned(code, key)).toBe(action)
    await expect(planned(code, key, 'Otra cosa distinta.')).rejects.toMatchObject({ code: 'body_differs' })
    expect((await ask((trx) => held(trx, code))).actions).toHaveLength(1)
  })

  it('numbers findings one after another, however many are recorded at once', async () => {
    const codes = await Promise.all(Array.from({ length: 6 }, () => record()))
    expect(new Set(codes).size).toBe(6)
  })
})

describe('whoever answers', () => {
  it('is told before the day and at it, with whoever directs them, and no longer once it is done', async () => {
    const code = await record()
    const row = await withoutEntity(world.owner, (trx) =>
      trx.selectFrom('follow_up').select(['id', 'due_on']).where('code', '=', code).executeTakeFirstOrThrow(),
    )
    const key = { entityId: world.entityId, followUpId: row.id }
    const at = (now: Date) => tellOfFollowUp(world.tools, { ...key, now: now.toISOString() })
    const expiry = new Date(Date.parse(`${row.due_on}T13:00:00Z`) + 86_400_000)
    await at(new Date(`${row.due_on}T13:00:00Z`))
    await at(expiry)
    await at(expiry)
    const mails = await withoutEntity(world.owner, (trx) =>
      trx
        .selectFrom('mail')
        .innerJoin('notice', 'notice.id', 'mail.notice_id')
        .innerJoin('person', 'person.id', 'mail.person_id')
        .select(['person.display_name as to', 'mail.subject'])
        .where('notice.follow_up_id', '=', row.id)
        .orderBy('notice.planned_at')
        .orderBy('mail.subject', 'desc')
        .execute(),
    )
    expect(
      mails.map(({ to, subject }) => [to === 'Dirección TIC', subject.replace(/ (el|desde el) [a-zé]+ \d.*/, '')]),
    ).toEqual([
      [true, `Una tarea de ${code} vence`],
      [true, `Una tarea de ${code} está vencida`],
      [false, `Aviso: venció el plazo de una tarea de ${code}`],
    ])
    await analyse(code)
    expect(await at(new Date('2099-01-01'))).toEqual({ nextAt: null, isOver: true })
    const asked = await withoutEntity(world.owner, (trx) =>
      trx.selectFrom('follow_up').selectAll().where('code', '=', code).where('status', '=', 'open').execute(),
    )
    expect(asked.map(({ kind, position_id, signal_wanted }) => [kind, position_id, signal_wanted])).toEqual([
      ['plan_actions', as(OWNER).positionId, true],
    ])
  })
})

describe('a finding that nobody wrote', () => {
  it('is opened by the worker for a control, once, and shown to its entity alone', async () => {
    const { findingId: id, positionId: ownerPosition, risk: _, ...words } = written()
    const finding = { ...words, id, ownerPosition, origin: 'control' as const, radicado: null }
    const by = { entityId: world.entityId, origin: 'workflow' as const, workflowId: 'prueba' }
    const open = () => withEntity(world.worker, world.entityId, (trx) => openFinding(trx, finding, by, null))
    const code = await open()
    expect(await open()).toBe(code)
    expect(await ask((trx) => findFinding(trx, world.entityId, code))).toMatchObject({
      position: null,
      origin: 'control',
    })
    const cali = { ...as(AUDITOR), entityId: demoEntityId('cali') }
    const theirs = await withActor(world.web, cali, (trx) => listFindings(trx, world.entityId))
    expect(theirs.rows).toEqual([])
  })
})
