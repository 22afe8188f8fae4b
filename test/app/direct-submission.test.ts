import type { ActionFunctionArgs } from '@remix-run/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saveDraft } from '../../app/commands/save-draft.server.ts'
import { withdrawStep } from '../../app/commands/submit-step.server.ts'
import { action, loader } from '../../app/routes/work/step-answers.tsx'
import { withActor, withEntity, withoutEntity } from '../../db/client.ts'
import { findStepContext, type StepContext } from '../../db/step-context.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { STEP_CODES, type StepCode } from '../../domain/procedures.ts'
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
  })
})
