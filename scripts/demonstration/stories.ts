/** The life of the demonstration: which cycles there are and how far each has come, told through the product's own acts. */
import { setTimeout as sleep } from 'node:timers/promises'
import { prepareFiles } from '../../app/commands/prepare-release.server.ts'
import { saveDraft } from '../../app/commands/save-draft.server.ts'
import { submitStep } from '../../app/commands/submit-step.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { withActor } from '../../db/client.ts'
import { idOf } from '../../db/ids.ts'
import { findStepContext } from '../../db/step-context.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import type { Answers } from '../../domain/forms.ts'
import { STEP_CODES, type StepCode } from '../../domain/procedures.ts'
import * as acts from './acts.ts'
import { bringMap, mapOf } from './maps.ts'
import { attachedFiles, attachFiles, inYear } from './sources.ts'

export interface Story {
  entityId: string
  slug: string
  municipality: string
  vigencia: number
  radicado: string
  /** How it is called; by default after its year. */
  name?: string
  /** Steps taken to approved. */
  approved: number
  /** Where the step after those is left: with its authors, its reviewers, its approvers or the last of these. */
  next?: 'open' | 'sent' | 'reviewed' | 'one_left'
  /** Records of its data file. */
  rows: number
  /** Whether the two survey files are attached beside it. */
  surveys?: boolean
}

export type Tell = (sentence: string) => Promise<void>

/** Takes a story as far as it goes; every stage looks first at what already stands, so it can be taken up again. */
export async function live(context: AppContext, story: Story, tell: Tell): Promise<void> {
  const { entityId } = story
  const cycleId = await acts.start(context, entityId, {
    formKey: idOf('demo-cycle', entityId, story.radicado),
    ...{ vigencia: story.vigencia, radicado: story.radicado, trd: '4173.010.22.2.1020' },
    name: story.name ?? `Caracterización de ciudadanos y grupos de interés ${story.vigencia}`,
    administrativeAct: 'Acto administrativo de demostración',
  })
  for (const code of STEP_CODES) {
    if (Number(code) > story.approved + 1) return
    await tell(`${story.municipality}, vigencia ${story.vigencia}: paso ${code} de 7`)
    await untilTurn(context, entityId, cycleId, code)
    const isApproved = Number(code) <= story.approved
    if (!isApproved && story.next === 'open') return
    await elaborateOnce(context, story, cycleId, code)
    if (isApproved) await acts.signAll(context, entityId, cycleId, code)
    else await leave(context, story, cycleId, code)
  }
}

async function leave(context: AppContext, story: Story, cycleId: string, code: StepCode): Promise<void> {
  if (story.next === 'sent') return
  if (story.next === 'one_left') await acts.signAll(context, story.entityId, cycleId, code, 1)
  else await acts.review(context, story.entityId, cycleId, code)
}

async function statusOf(context: AppContext, entityId: string, cycleId: string, code: StepCode) {
  return stepOf((await acts.requireCycle(context, entityId, cycleId)).state, code).status
}

/** The workflow opens a step once the one before is approved and what that sets off is done. */
async function untilTurn(context: AppContext, entityId: string, cycleId: string, code: StepCode): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if ((await statusOf(context, entityId, cycleId, code)) !== 'not_started') return
    await sleep(200)
  }
  throw new Error(`step ${code} of cycle ${cycleId} did not open`)
}

async function elaborateOnce(context: AppContext, story: Story, cycleId: string, code: StepCode): Promise<void> {
  const status = await statusOf(context, story.entityId, cycleId, code)
  if (status !== 'in_progress' && status !== 'returned') return
  const place = { ...story, cycleId }
  if (code === '3' && story.slug === 'santamarta') await bringMap(context, story.entityId)
  if (code === '3') await attachFiles(context, place, story.rows, story.surveys)
  const { source, surveys } = await attachedFiles(context, place)
  const references = {
    ...{ source, ...(story.surveys && { surveys }) },
    map: await mapOf(context, story.entityId),
    municipality: story.municipality,
    contact: `ogac@${story.slug}.demo.test`,
  }
  const ofItsYear = (answers: Answers) => JSON.parse(inYear(JSON.stringify(answers), story.vigencia)) as Answers
  if (code !== '7') await acts.elaborate(context, story.entityId, cycleId, code, references, ofItsYear)
  else await divulge(context, story, cycleId, ofItsYear(completeAnswers('7', references)))
}

/** Step 7 is submitted once the exact files it publishes are prepared. */
async function divulge(context: AppContext, { entityId }: Story, cycleId: string, answers: Answers): Promise<void> {
  const author = await acts.actorOf(context, entityId, 'profesional_ogac')
  const step = await withActor(context.db, author, (trx) => findStepContext(trx, cycleId, '7'))
  const saved = await saveDraft(context, author, { cycleId, stepCode: '7', rev: step?.draft.rev ?? 0, answers })
  if (!saved.saved) throw new Error('the draft of step 7 was not saved')
  await prepareFiles(context, author, cycleId)
  await submitStep(context, author, { cycleId, stepCode: '7', draftRev: saved.rev })
}
