/** Two saves of one page on their way at once (A7): whichever comes first, the last word stands and nobody is written over. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findStepPage } from '../../app/pages/step.server.ts'
import { keepDraft } from '../../app/pages/step-draft.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { withActor } from '../../db/client.ts'
import { entriesOf } from '../../domain/forms.ts'
import { openStage, type Stage } from './command-stage.ts'

let stage: Stage
let author: Actor
let cycleId: string
beforeAll(async () => {
  stage = await openStage()
  author = await stage.actor('profesional_ogac')
  cycleId = await stage.openCycle()
}, 120_000)
afterAll(() => stage?.close())

const draft = async () => {
  const found = await withActor(stage.on().db, author, (trx) => findStepPage(trx, author, cycleId, '1'))
  if (!found?.form) throw new Error('step 1 has no form to fill in')
  return found.form
}

/** What the page sends with that general objective, on top of `rev`. */
const typed = async (general: string, rev: number) => {
  const { definition, answers } = await draft()
  const entries = entriesOf(definition, { ...answers, objetivos: { ...answers.objetivos, general } })
  return { entries, made: { rev: String(rev), formulario: String(definition.version) } }
}
type Typed = Awaited<ReturnType<typeof typed>>

const send = ({ entries, made }: Typed, before?: Typed) => {
  const form = new FormData()
  for (const [name, value] of [...entries, ...Object.entries(made)]) form.append(name, value)
  if (before) form.set('antes', new URLSearchParams(before.entries).toString())
  return keepDraft(stage.on(), author, { cycleId, stepCode: '1' }, 'guardar', form)
}
const general = async () => (await draft()).answers.objetivos?.general

describe('the last word of a page that closes', () => {
  it('stands when it comes after the save that was on its way', async () => {
    const { rev } = await draft()
    const [before, last] = [await typed('Conocer a quienes', rev), await typed('Conocer a quienes escriben.', rev)]
    expect((await send(before)).kind).toBe('kept')
    expect((await send(last, before)).kind).toBe('kept')
    expect(await general()).toBe('Conocer a quienes escriben.')
  })

  it('stands when it comes before it', async () => {
    const { rev } = await draft()
    const [before, last] = [await typed('Saber a quién', rev), await typed('Saber a quién se atiende.', rev)]
    expect((await send(last, before)).kind).toBe('kept')
    expect((await send(before)).kind).toBe('conflict')
    expect(await general()).toBe('Saber a quién se atiende.')
  })

  it('writes over nobody who saved in between', async () => {
    const { rev } = await draft()
    const [before, last] = [await typed('Lo de esta pestaña', rev), await typed('Lo de esta pestaña, entero.', rev)]
    expect((await send(await typed('Lo de otra pestaña.', rev))).kind).toBe('kept')
    expect((await send(before)).kind).toBe('conflict')
    expect((await send(last, before)).kind).toBe('conflict')
    expect(await general()).toBe('Lo de otra pestaña.')
  })
})
