import type { ActionFunctionArgs } from '@remix-run/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chooseTemplate } from '../../app/commands/choose-template.server.ts'
import { decideStep } from '../../app/commands/decide-step.server.ts'
import { keepTemplate } from '../../app/commands/keep-template.server.ts'
import { saveDraft } from '../../app/commands/save-draft.server.ts'
import { sectionBase } from '../../app/commands/save-section.server.ts'
import { submitStep, withdrawStep } from '../../app/commands/submit-step.server.ts'
import { action as propose } from '../../app/routes/report/proposal.tsx'
import { action as actOnSection, loader as sectionPage } from '../../app/routes/report/section.tsx'
import { action as saveText } from '../../app/routes/report/section-text.ts'
import { action as decide } from '../../app/routes/work/decision.tsx'
import { action, loader } from '../../app/routes/work/step-answers.tsx'
import { READ_TYPED } from '../../catalog/statements.ts'
import { withActor, withEntity, withoutEntity } from '../../db/client.ts'
import { listTemplateVersions } from '../../db/report-templates.ts'
import { findStepContext, type StepContext } from '../../db/step-context.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { type Answers, answerText } from '../../domain/forms.ts'
import { STEP_CODES, type StepCode } from '../../domain/procedures.ts'
import { DEFAULT_LOOK, lookFields } from '../../domain/report-look.ts'
import { parseNotation } from '../../domain/rich-notation.ts'
import { docFromPlain, storedRich } from '../../domain/rich-text.ts'
import { live } from '../../scripts/demonstration/stories.ts'
import { withoutEachItem } from '../support/answers.ts'
import { openStage, type Stage } from './command-stage.ts'

/** One cycle taken from step to step; each step is emptied of one required item after another (S1.10–S1.20). */
const RADICADO = `sin-requisito-${process.pid}`
const AUTHOR = 'profesional_ogac'

let stage: Stage
let cookie: string
beforeAll(async () => {
  stage = await openStage()
  cookie = (await stage.signedIn(AUTHOR)).headers.get('cookie') ?? ''
}, 120_000)
afterAll(() => stage?.close())

/** Brings the cycle to this step, complete and sent, and takes the submission back: everything is there to be removed. */
async function openAndComplete(code: StepCode): Promise<string> {
  const { entityId } = stage
  const story = { entityId, slug: 'santamarta', municipality: 'Santa Marta', vigencia: 2026, radicado: RADICADO }
  await live(stage.on(), { ...story, approved: Number(code) - 1, rows: 3_000, next: 'sent' }, async () => {})
  const { id } = await withEntity(stage.world.owner, entityId, (trx) =>
    trx.selectFrom('cycle').select('id').where('radicado', '=', RADICADO).executeTakeFirstOrThrow(),
  )
  const { versionId } = await stage.version(id, code)
  await withdrawStep(stage.on(), await stage.actor(AUTHOR), {
    ...{ cycleId: id, stepCode: code, versionId, reason: 'Falta un dato.' },
  })
  return id
}

async function standing(cycleId: string, code: StepCode): Promise<StepContext> {
  const step = await withActor(stage.on().db, await stage.actor(AUTHOR), (trx) => findStepContext(trx, cycleId, code))
  if (!step) throw new Error(`step ${code} is not visible`)
  return step
}

/** The page "revise sus respuestas" as this author is shown it, and its form sent without looking. */
function reviewPage(cycleId: string, code: StepCode, rev?: number): ActionFunctionArgs {
  const context = stage.on() as ActionFunctionArgs['context']
  const url = `http://localhost:3000/ejercicios/${cycleId}/pasos/${code}/revise`
  const body = new FormData()
  body.set('rev', String(rev))
  const request = new Request(url, { headers: { cookie }, ...(rev === undefined ? {} : { method: 'POST', body }) })
  return { request, context, params: { ejercicio: cycleId, paso: code } }
}

const isOpen = async (cycleId: string, code: StepCode) =>
  stepOf((await stage.world.cycle(cycleId)).state, code).status === 'in_progress'

async function refusalsOf(requestId: string): Promise<(string | null)[]> {
  const rows = await withoutEntity(stage.world.owner, (trx) =>
    trx.selectFrom('event').select(['type', 'reason_code']).where('request_id', '=', requestId).execute(),
  )
  return rows.map((row) => `${row.type} ${row.reason_code}`)
}

/** Step 6, complete and still open. */
let report: { cycleId: string; answers: Answers } | undefined

/** The report is to be printed with a template that is not the entity's. */
async function dress(cycleId: string): Promise<void> {
  const administrator = await stage.actor('administracion')
  const template = { ...lookFields(DEFAULT_LOOK), shield: 'none', readabilityTarget: '55' }
  for (const [name, cover] of [
    ['La de todos', 'no'],
    ['Con portada', 'si'],
  ] as const) {
    const typed = { ...template, name, cover }
    const kept = await keepTemplate(stage.on(), administrator, { templateId: null, typed })
    if (!kept.ok) throw new Error(JSON.stringify(kept.problems))
  }
  const versions = await withActor(stage.on().db, administrator, (trx) => listTemplateVersions(trx, stage.entityId))
  const versionId = versions.find(({ name }) => name === 'Con portada')?.id ?? ''
  await chooseTemplate(stage.on(), await stage.actor(AUTHOR), { cycleId, versionId })
}

async function submitTyped(cycleId: string, answers: Answers) {
  await dress(cycleId)
  const texto = storedRich(docFromPlain('Atendimos a 1.250 personas cada mes.'))
  const { rev } = (await standing(cycleId, '6')).draft
  const typed = { ...answers, alcance: { ...answers.alcance, texto } }
  const author = await stage.actor(AUTHOR)
  const saved = await saveDraft(stage.on(), author, { cycleId, stepCode: '6', rev, answers: typed })
  if (!saved.saved) throw new Error(`the draft was not saved: ${JSON.stringify(saved)}`)
  await submitStep(stage.on(), author, { cycleId, stepCode: '6', draftRev: saved.rev })
  return await stage.version(cycleId, '6')
}

/** What the page of the section `alcance`, or the resource it saves itself through, is sent; by the author. */
function sectionForm(cycleId: string, fields: Record<string, string>, sender = cookie): ActionFunctionArgs {
  const url = `http://localhost:3000/ejercicios/${cycleId}/informe/secciones/alcance`
  const request = new Request(url, { method: 'POST', headers: { cookie: sender }, body: new URLSearchParams(fields) })
  const context = stage.on() as ActionFunctionArgs['context']
  return { request, context, params: { ejercicio: cycleId, seccion: 'alcance' } }
}

async function saveAlone(cycleId: string, fields: Record<string, string>, sender = cookie) {
  const answer = await saveText(sectionForm(cycleId, fields, sender))
  return { status: answer.status, said: await answer.json() }
}

const documentOf = (notation: string) => JSON.stringify(parseNotation(notation))
const textOf = async (cycleId: string) => answerText((await standing(cycleId, '6')).draft.answers, 'alcance', 'texto')

/** Its sections, as their editor saves them (G2, G3). */
function sectionsAreWritten() {
  it('keeps what its editor sends, over nothing but its own words', async () => {
    const { cycleId } = report ?? { cycleId: '' }
    const base = sectionBase(await textOf(cycleId))
    const [first, second] = [documentOf('Primero.'), documentOf('Segundo.')]
    expect(await saveAlone(cycleId, { base, documento: first })).toMatchObject({ status: 200, said: { saved: true } })
    // Its answer was lost: the page still has the old base, and says what it sent.
    const next = await saveAlone(cycleId, { base, documento: second, antes: first })
    expect(next).toMatchObject({ status: 200, said: { saved: true, value: second, savedAt: expect.any(String) } })
    expect(await saveAlone(cycleId, { base, documento: first })).toMatchObject({
      ...{ status: 409, said: { saved: false, conflict: { value: second, base: next.said.base } } },
    })
    const unread = await saveAlone(cycleId, { base: next.said.base, documento: '{"type":"doc"' })
    expect(unread).toMatchObject({ status: 422, said: { errors: [expect.stringMatching(/^Escriba un texto/)] } })
    const other = (await stage.signedIn('profesional_sig')).headers.get('cookie') ?? ''
    const refused = await saveAlone(cycleId, { base: next.said.base, documento: first }, other)
    expect(refused).toMatchObject({ status: 403, said: { message: expect.any(String) } })
    expect(await textOf(cycleId)).toBe(second)
  })

  it('goes on from its numbers brought up to date, without a conflict with whoever asked for them', async () => {
    const { cycleId } = report ?? { cycleId: '' }
    const bases = (await standing(cycleId, '6')).readiness.bases ?? new Map<string, string>()
    const [origin, basis] = [...bases].find(([key]) => key.startsWith('figura:')) ?? ['', '']
    const stale = documentOf(`Se recibieron [[cifra:${origin}///n|1|${'0'.repeat(16)}]].`)
    const { said } = await saveAlone(cycleId, { base: sectionBase(await textOf(cycleId)), documento: stale })
    const pressed = { intent: 'actualizar', base: said.base, guardado: said.value }
    const answer = await actOnSection(sectionForm(cycleId, pressed))
    if (!('data' in answer) || !('saved' in answer.data)) throw new Error('the numbers were not brought up to date')
    const { base, value } = answer.data.saved
    expect([value.includes(basis), value.includes('0'.repeat(16))]).toEqual([true, false])
    const more = value.replace('Se recibieron', 'En total se recibieron')
    expect(await saveAlone(cycleId, { base, documento: more })).toMatchObject({ status: 200, said: { value: more } })
  })

  it('names a figure that step 4 no longer has, in place of its id', async () => {
    const { cycleId } = report ?? { cycleId: '' }
    const base = sectionBase(await textOf(cycleId))
    await saveAlone(cycleId, { base, documento: documentOf('Se ve aquí:\n[[figura:retirada_9]]') })
    const { gone, html } = await sectionPage(sectionForm(cycleId, {}))
    expect(gone).toEqual([{ id: 'retirada_9', title: '' }])
    expect(html).toMatch(/<p>Una figura de esta sección ya no está en el paso 4/)
    expect(html).not.toContain('retirada_9')
    const { missing } = await loader(reviewPage(cycleId, '6'))
    expect(missing.map(({ path, sentence }) => [path, sentence])).toContainEqual([
      ...['alcance.texto', expect.stringMatching(/^Quite la figura 1 de la sección «.+», o ponga otra/)],
    ])
  })
}

/** What the page of proposing is sent by the reviewer, who writes none of it. */
async function proposal(cycleId: string, fields: Record<string, string>) {
  const sender = (await stage.signedIn('profesional_sig')).headers.get('cookie') ?? ''
  return await propose(sectionForm(cycleId, fields, sender))
}

const mailTo = (personId: string) =>
  withoutEntity(stage.world.owner, (trx) =>
    trx.selectFrom('mail').select(['subject', 'body', 'link']).where('person_id', '=', personId).execute(),
  )

/** By who may not write them (G3). */
function changesAreProposed() {
  it('takes over a change that its reviewer proposed, over exactly the words its author was shown', async () => {
    const { cycleId } = report ?? { cycleId: '' }
    const [author, reviewer] = [await stage.actor(AUTHOR), await stage.actor('profesional_sig')]
    const base = sectionBase(await textOf(cycleId))
    await saveAlone(cycleId, { base, documento: documentOf('Todo el municipio.') })
    const reason = { motivo: 'Falta la zona rural.', formKey: 'una-vez' }
    const same = await proposal(cycleId, { ...reason, texto: 'Todo el municipio.' })
    expect(same).toMatchObject({ init: { status: 422 }, data: { errors: { texto: expect.any(String) } } })
    const unsaid = await proposal(cycleId, { texto: 'Todo.', motivo: 'no' })
    expect(unsaid).toMatchObject({ init: { status: 422 }, data: { errors: { motivo: expect.any(String) } } })
    for (const _ of [1, 2]) await proposal(cycleId, { ...reason, texto: 'Todo el municipio, también la zona rural.' })
    const { proposals, base: shown } = await sectionPage(sectionForm(cycleId, {}))
    expect(proposals.open).toHaveLength(1)
    const [open] = proposals.open
    expect(open).toMatchObject({ by: reviewer.position.name, mayAnswer: true, mayWithdraw: false, isMoved: false })
    expect(open?.blocks[0]?.parts).toContainEqual({ kind: 'added', text: expect.stringContaining('zona rural') })
    expect(await mailTo(author.personId)).toContainEqual({
      ...{ subject: expect.stringContaining('Proponen un cambio'), body: expect.not.stringContaining('rural') },
      link: expect.stringContaining(`/informe/secciones/alcance#propuestas`),
    })
    const { proposals: before } = await loader(reviewPage(cycleId, '6'))
    expect(before).toMatchObject([{ section: 'alcance', n: 1 }])

    const accept = { intent: 'aceptar-propuesta', propuesta: open?.id ?? '' }
    await saveAlone(cycleId, { base: shown, documento: documentOf('Casi todo el municipio.') })
    const late = await actOnSection(sectionForm(cycleId, { ...accept, base: shown }))
    expect(late).toMatchObject({
      init: { status: 409 },
      data: { unaccepted: expect.stringMatching(/^La sección cambió/) },
    })
    expect(await textOf(cycleId)).toBe(documentOf('Casi todo el municipio.'))
    const again = await sectionPage(sectionForm(cycleId, {}))
    expect(again.proposals.open[0]).toMatchObject({ isMoved: true })
    await actOnSection(sectionForm(cycleId, { ...accept, base: again.base }))
    expect(await textOf(cycleId)).toBe(documentOf('Todo el municipio, también la zona rural.'))
    const after = await sectionPage(sectionForm(cycleId, {}))
    expect(after.proposals.open).toEqual([])
    expect(after.proposals.answered).toMatchObject([{ status: 'accepted', answeredBy: author.position.name }])
    expect(await mailTo(reviewer.personId)).toContainEqual(
      expect.objectContaining({ subject: expect.stringContaining('Respondieron su propuesta') }),
    )
  })

  it('says why a change is not taken over, and lets no approver propose one', async () => {
    const { cycleId } = report ?? { cycleId: '' }
    await proposal(cycleId, { texto: 'Nada.', motivo: 'Para acortar el texto.', formKey: 'otra' })
    const id = (await sectionPage(sectionForm(cycleId, {}))).proposals.open[0]?.id ?? ''
    const decline = { intent: 'no-aceptar-propuesta', propuesta: id }
    const unsaid = await actOnSection(sectionForm(cycleId, { ...decline, motivo: '' }))
    expect(unsaid).toMatchObject({ init: { status: 422 }, data: { wrong: { id, message: expect.any(String) } } })
    await actOnSection(sectionForm(cycleId, { ...decline, motivo: 'El procedimiento lo pide.' }))
    const { answered } = (await sectionPage(sectionForm(cycleId, {}))).proposals
    expect(answered[0]).toMatchObject({ status: 'declined', answer: 'El procedimiento lo pide.' })
    const sender = (await stage.signedIn('jefatura_ogac')).headers.get('cookie') ?? ''
    const barred = await propose(sectionForm(cycleId, { texto: 'Algo.', motivo: 'Porque sí conviene.' }, sender))
    expect(barred).toMatchObject({ init: { status: 403 } })
  })
}

/** The form of the decision as its reviewer sends it. */
function verdictForm(
  at: { cycleId: string; versionId: string; contentHash: string },
  headers: Headers,
  fields: Record<string, string>,
): ActionFunctionArgs {
  const body = new FormData()
  const standing = { version: at.versionId, huella: at.contentHash, verdict: 'approve', rol: 'reviewer' }
  for (const [name, value] of Object.entries({ ...standing, ...fields })) body.set(name, value)
  const url = `http://localhost:3000/ejercicios/${at.cycleId}/pasos/6/revision`
  const request = new Request(url, { method: 'POST', headers: { cookie: headers.get('cookie') ?? '' }, body })
  return { request, context: stage.on() as ActionFunctionArgs['context'], params: { ejercicio: at.cycleId, paso: '6' } }
}

/** Everybody typed their password long ago. */
async function forgetProof(): Promise<void> {
  const proved_at = new Date(0)
  await withoutEntity(stage.world.owner, (trx) => trx.updateTable('session').set({ proved_at }).execute())
}

describe.each(STEP_CODES)('step %s without one required item', (code) => {
  it('names it on its checklist, and a form sent directly is refused', { timeout: 240_000 }, async () => {
    const cycleId = await openAndComplete(code)
    const complete = (await standing(cycleId, code)).draft.answers
    const author = await stage.actor(AUTHOR)
    const items = withoutEachItem(code, complete)
    expect(items.length).toBeGreaterThan(5)
    for (const { path, answers } of items) {
      const { rev } = (await standing(cycleId, code)).draft
      const saved = await saveDraft(stage.on(), author, { cycleId, stepCode: code, rev, answers })
      if (!saved.saved) throw new Error(`the draft without ${path} was not saved: ${JSON.stringify(saved)}`)
      const { missing } = await loader(reviewPage(cycleId, code))
      expect(missing.map((gap) => gap.path)).toContain(path)
      const sent = reviewPage(cycleId, code, saved.rev)
      const answer = await action(sent)
      expect(answer, `${path} was sent`).toMatchObject({ init: { status: 409 } })
      expect(JSON.stringify(answer), path).toContain(missing[0]?.sentence)
      expect(await refusalsOf(sent.context.requestId)).toEqual(['act.refused incomplete'])
    }
    expect(await isOpen(cycleId, code)).toBe(true)
    if (code === '6') report = { cycleId, answers: complete }
  })

  if (code === '6') {
    sectionsAreWritten()
    changesAreProposed()
  }

  if (code === '6')
    it('is approved only by whoever read the figures typed into it, and their signature says so', async () => {
      const { cycleId, answers } = report ?? { cycleId: '', answers: {} }
      const at = { cycleId, stepCode: code, ...(await submitTyped(cycleId, answers)) }
      const frozen = await withEntity(stage.world.owner, stage.entityId, (trx) =>
        trx.selectFrom('step_version').select('look').where('id', '=', at.versionId).executeTakeFirstOrThrow(),
      )
      const look = { ...DEFAULT_LOOK, cover: true }
      expect(frozen.look).toEqual({ look, shieldHash: null, template: { name: 'Con portada', n: 1 } })
      const reviewer = await stage.signedIn('profesional_sig')
      const send = (fields: Record<string, string>) => decide(verdictForm(at, reviewer.headers, fields))
      const unread = { field: 'digitadas', message: expect.stringMatching(/^Marque que leyó la lista/) }
      expect(await send({})).toMatchObject({ init: { status: 422 }, data: { errors: [unread], ticked: false } })
      await forgetProof()
      const unproved = { field: 'clave', message: expect.any(String) }
      expect(await send({})).toMatchObject({ init: { status: 422 }, data: { errors: [unread, unproved] } })
      expect(await send({ digitadas: 'si' })).toMatchObject({ data: { errors: [unproved], ticked: true } })

      const given = { ...at, verdict: 'approve', role: 'reviewer', observations: [] } as const
      const [actor, context] = [await stage.actor('profesional_sig'), stage.on()]
      const refused = decideStep(context, actor, { ...given, observations: [] })
      await expect(refused).rejects.toMatchObject({ code: 'typed_unread', status: 422 })
      expect(await refusalsOf(context.requestId)).toEqual(['act.refused typed_unread'])
      const { actId } = await decideStep(stage.on(), actor, { ...given, observations: [], readTyped: true })
      const signature = await withoutEntity(stage.world.owner, (trx) =>
        trx.selectFrom('signature').select('statement').where('id', '=', actId).executeTakeFirst(),
      )
      expect(signature?.statement).toContain(READ_TYPED)
    })
})
