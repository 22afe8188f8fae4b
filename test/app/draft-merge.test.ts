/** Two people at one draft (A7, experience.md 18): each sees the other, and what both typed is merged, never overwritten. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findStepPage } from '../../app/pages/step.server.ts'
import { keepDraft } from '../../app/pages/step-draft.server.ts'
import { action as keepOpen } from '../../app/routes/work/presence.ts'
import { type Actor, requireActor } from '../../app/session.server.ts'
import { withActor, withEntity, withoutEntity } from '../../db/client.ts'
import { type Answers, entriesOf } from '../../domain/forms.ts'
import { openStage, type Stage } from './command-stage.ts'

let stage: Stage
let author: Actor
let other: Actor
let cycleId: string
beforeAll(async () => {
  stage = await openStage()
  author = await stage.actor('profesional_ogac')
  cycleId = await stage.openCycle()
  // Another person in the same kind of position.
  const sig = await stage.actor('profesional_sig')
  other = { ...sig, position: { ...sig.position, duty: 'profesional_ogac' } }
}, 120_000)
afterAll(() => stage?.close())

const place = () => ({ cycleId, stepCode: '1' as const })
async function formAs(actor: Actor) {
  const page = await withActor(stage.on().db, actor, (trx) => findStepPage(trx, actor, cycleId, '1'))
  if (!page?.form) throw new Error('step 1 has no form to fill in')
  return page.form
}

/** What the open page of the author of the draft asks by itself now and then. */
async function asked({
  duty = 'profesional_ogac',
  section = '',
  request,
}: Partial<Record<'duty' | 'section', string>> & { request?: Request } = {}) {
  const { headers } = request ?? (await stage.signedIn(duty))
  const params = { ejercicio: cycleId, paso: '1' }
  const address = `http://localhost:3000/ejercicios/${cycleId}/pasos/1/presencia${section && `?seccion=${section}`}`
  const context = { ...stage.on() }
  const answer = await keepOpen({ request: new Request(address, { method: 'POST', headers }), params, context })
  return (await answer.json()).others
}

/** As if the time of every open page had passed. */
const endAll = ({ saves = false } = {}) =>
  withEntity(stage.world.owner, stage.entityId, (trx) =>
    trx
      .updateTable('presence')
      .set({
        ends_at: sql<Date>`app_now() - interval '1 second'`,
        ...(saves && { saved_at: sql<Date>`saved_at - interval '10 minutes'` }),
      })
      .execute(),
  )
const presentInTable = () =>
  withEntity(stage.world.owner, stage.entityId, (trx) => trx.selectFrom('presence').select('person_id').execute())

type Form = Awaited<ReturnType<typeof formAs>>

function sent(form: Form, answers: Answers, more: Record<string, string> = {}): FormData {
  const data = new FormData()
  for (const [name, value] of entriesOf(form.definition, answers)) data.append(name, value)
  for (const [name, value] of Object.entries({ rev: String(form.rev), formulario: '1', ...more })) data.set(name, value)
  return data
}

const written = (form: Form, goals: Record<string, string>): Answers => ({
  ...form.answers,
  objetivos: { ...form.answers.objetivos, ...goals },
})

describe('two people at one draft', () => {
  it('see each other from the first moment and while their pages are open, and not after', async () => {
    const there = (actor: Actor, savedAt: unknown, isOpen = true) => [
      { position: actor.position.name, where: 'here', isOpen, since: expect.any(String), savedAt },
    ]
    expect((await formAs(author)).others).toEqual([])
    const form = await formAs(other)
    expect(form.others).toEqual(there(author, null))
    expect(await asked()).toEqual(there(other, null))
    await keepDraft(stage.on(), other, place(), 'guardar', sent(form, written(form, { general: 'Algo' })))
    expect(await asked()).toEqual(there(other, expect.any(String)))
    await endAll()
    // A save is told some minutes longer: without script a page says nothing by itself.
    expect(await asked()).toEqual(there(other, expect.any(String), false))
    await endAll({ saves: true })
    expect(await asked()).toEqual([])
    expect((await formAs(other)).others).toEqual(there(author, null))
    await endAll({ saves: true })
    await formAs(author)
    const { personId } = author
    expect(await presentInTable()).toEqual([{ person_id: personId }])
  })

  it('are told nothing where they may not write, and a page that asks by itself keeps no session alive', async () => {
    expect(await asked({ duty: 'profesional_sig' })).toEqual([])
    expect(await asked({ section: 'alcance' })).toEqual([])
    const request = await stage.signedIn('profesional_ogac')
    const quarter = sql<Date>`app_now() - interval '15 minutes'`
    const seenAt = async () =>
      await withoutEntity(stage.world.owner, (trx) =>
        trx.selectFrom('session').select('seen_at').orderBy('created_at', 'desc').limit(1).executeTakeFirstOrThrow(),
      )
    await withoutEntity(stage.world.owner, (trx) => trx.updateTable('session').set({ seen_at: quarter }).execute())
    const before = await seenAt()
    await asked({ request })
    expect(await seenAt()).toEqual(before)
    await requireActor(request, stage.on())
    expect(await seenAt()).not.toEqual(before)
  })

  it('are shown field by field what each changed, by whom and when', async () => {
    const form = await formAs(author)
    const theirs = written(form, { general: 'Lo del primero', fines: '' })
    await keepDraft(stage.on(), other, place(), 'guardar', sent(form, { ...theirs }))
    const mine = {
      ...written(form, { general: 'Lo del segundo' }),
      alcance: { ...form.answers.alcance, poblacion: 'Todos' },
    }
    const conflict = await keepDraft(stage.on(), author, place(), 'guardar', sent(form, mine))
    if (conflict.kind !== 'conflict') throw new Error(`not a conflict: ${conflict.kind}`)
    expect(conflict.merge.differences).toMatchObject([
      { key: 'objetivos.general', both: true, mine: 'Lo del segundo', theirs: 'Lo del primero', joinable: true },
      { key: 'alcance.poblacion', both: false, choice: 'mia', changed: null },
    ])
    expect(conflict.merge.differences[0]?.changed?.by).toBe(other.position.name)
    // What was chosen is one revision with one event, and nothing of either is lost.
    const data = new FormData()
    for (const [name, value] of conflict.hidden) data.append(name, value)
    data.set('rev', String(conflict.merge.rev))
    data.set('base', String(conflict.merge.base))
    data.set('conflicto.objetivos.general', 'ambas')
    data.set('conflicto.alcance.poblacion', 'mia')
    const context = stage.on()
    const kept = await keepDraft(context, author, place(), 'combinar', data)
    expect(kept).toMatchObject({ kind: 'kept', rev: conflict.merge.rev + 1 })
    const events = await withoutEntity(stage.world.owner, (trx) =>
      trx.selectFrom('event').select('type').where('request_id', '=', context.requestId).execute(),
    )
    expect(events).toEqual([{ type: 'draft.saved' }])
    const now = await formAs(author)
    expect(now.answers.objetivos?.general).toBe('Lo del primero\nLo del segundo')
    expect(now.answers.alcance?.poblacion).toBe('Todos')
  })

  it('are shown the page again when a third save came while they chose, with the same beginning', async () => {
    const form = await formAs(author)
    await keepDraft(stage.on(), other, place(), 'guardar', sent(form, written(form, { general: 'Primero' })))
    const first = await keepDraft(stage.on(), author, place(), 'guardar', sent(form, written(form, { general: 'Mío' })))
    if (first.kind !== 'conflict') throw new Error('not a conflict')
    const later = await formAs(other)
    await keepDraft(stage.on(), other, place(), 'guardar', sent(later, written(later, { general: 'Segundo' })))
    const data = new FormData()
    for (const [name, value] of first.hidden) data.append(name, value)
    data.set('rev', String(first.merge.rev))
    data.set('base', String(first.merge.base))
    const again = await keepDraft(stage.on(), author, place(), 'combinar', data)
    expect(again).toMatchObject({
      kind: 'conflict',
      merge: { base: first.merge.base, differences: [{ mine: 'Mío', theirs: 'Segundo', both: true }] },
    })
  })
})
