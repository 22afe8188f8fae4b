/** A newer form under an open draft (A6): nothing changes by itself, the page says what would, and nothing is lost. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringDraftOver } from '../../app/commands/bring-draft-over.server.ts'
import { saveDraft } from '../../app/commands/save-draft.server.ts'
import { findStepPage } from '../../app/pages/step.server.ts'
import { keepDraft } from '../../app/pages/step-draft.server.ts'
import { requireUpgradePage } from '../../app/pages/step-upgrade.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { formDefinition } from '../../catalog/forms/index.ts'
import { withActor, withEntity } from '../../db/client.ts'
import { type Answers, emptyAnswers, entriesOf } from '../../domain/forms.ts'
import { openStage, type Stage, untilOpen } from './command-stage.ts'

let stage: Stage
let author: Actor
let cycleId: string
beforeAll(async () => {
  stage = await openStage()
  author = await stage.actor('profesional_ogac')
  cycleId = await stage.openCycle()
  await withEntity(stage.world.owner, stage.entityId, (trx) =>
    // As it would be had the cycle begun before the form of step 3 had its second version.
    trx.updateTable('step').set({ form_version: 1 }).where('cycle_id', '=', cycleId).where('code', '=', '3').execute(),
  )
  const { complete } = await import('../support/world.ts')
  await complete(stage.world, cycleId, '1')
  await untilOpen(stage.world, cycleId, '2')
  await complete(stage.world, cycleId, '2')
  await untilOpen(stage.world, cycleId, '3')
}, 120_000)
afterAll(() => stage?.close())

const place = () => ({ cycleId, stepCode: '3' as const })
const page = async () => {
  const found = await withActor(stage.on().db, author, (trx) => findStepPage(trx, author, cycleId, '3'))
  if (!found?.form) throw new Error('step 3 has no form to fill in')
  return { ...found, form: found.form }
}

describe('a step opened before its form had a newer version', () => {
  it('keeps its form, says that there is a newer one, and shows where each typed value would go', async () => {
    const { form } = await page()
    expect([form.definition.version, form.newest]).toEqual([1, 2])
    const typed: Answers = {
      ...emptyAnswers(form.definition),
      tecnicas: { cualitativas: ['encuestas'], cuantitativas: [], aplicacion: 'Cada mes, en los puntos.' },
    }
    expect((await saveDraft(stage.on(), author, { ...place(), rev: form.rev, answers: typed })).saved).toBe(true)
    const { newer } = await withActor(stage.on().db, author, (trx) =>
      requireUpgradePage(trx, author, cycleId, '3', { ...stage.on() }),
    )
    expect(newer?.changes.added.map(({ group }) => group)).toContain('Cobertura y base mínima')
    expect(newer?.places).toMatchObject([
      { value: 'Cada mes, en los puntos.', after: { label: 'Notas sobre la aplicación' } },
    ])
    expect(newer?.staying).toBe(1)
  })

  it('refuses to bring over a draft that changed meanwhile', async () => {
    const { form } = await page()
    const bring = (rev: number, to: number) => bringDraftOver(stage.on(), author, { ...place(), rev, to })
    await expect(bring(form.rev - 1, 2)).rejects.toMatchObject({ code: 'draft_changed' })
    await expect(bring(form.rev, 7)).rejects.toMatchObject({ code: 'draft_changed' })
  })

  it('takes what an old tab still holds over to the new form, also what has no field there', async () => {
    const old = await page()
    await bringDraftOver(stage.on(), author, { ...place(), rev: old.form.rev, to: 2 })
    const now = await page()
    expect([now.form.definition.version, now.form.newest]).toEqual([2, null])
    expect(now.form.answers.mecanismos).toEqual({ lista: [], notas: 'Cada mes, en los puntos.' })
    const late = { ...old.form.answers, tecnicas: { ...old.form.answers.tecnicas, aplicacion: 'Lo dijo la otra.' } }
    const entries = entriesOf(formDefinition('3', 1), late)
    const form = new FormData()
    for (const [name, value] of [...entries, ['rev', String(old.form.rev)], ['formulario', '1']] as const)
      form.append(name, value)
    const kept = await keepDraft(stage.on(), author, place(), 'guardar', form)
    expect(kept).toMatchObject({
      kind: 'conflict',
      merge: { differences: [{ key: 'mecanismos.notas', mine: 'Lo dijo la otra.' }] },
    })
  })

  it('shows what has no field any more, by the words of the form it was typed in', async () => {
    const { form } = await page()
    const leftOver = [{ at: { group: 'tecnicas', field: 'aplicacion' }, value: '=1+1 <b>😀', form: 1 }]
    await saveDraft(stage.on(), author, { ...place(), rev: form.rev, answers: form.answers, leftOver })
    expect((await page()).leftOver).toMatchObject([{ label: 'Cómo se aplican', form: 1, value: '=1+1 <b>😀' }])
    // Saving again keeps it.
    const again = await page()
    await saveDraft(stage.on(), author, { ...place(), rev: again.form.rev, answers: again.form.answers })
    expect((await page()).leftOver).toHaveLength(1)
  })
})

describe('a step of a new cycle', () => {
  it('opens with the newest form', async () => {
    const { formVersions } = await stage.world.cycle(await stage.openCycle())
    expect(formVersions).toMatchObject({ 1: 1, 3: 2 })
  })
})
