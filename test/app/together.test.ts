/** Several decisions in one form (experience 24, docs/decisions/0026): each an act of its own, none twice. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideSteps, type TogetherVerdict } from '../../app/commands/decide-steps.server.ts'
import { writeComment } from '../../app/commands/write-comment.server.ts'
import { inboxReader } from '../../app/pages/inbox-line.server.ts'
import { loadTogether, togetherIn } from '../../app/pages/together.server.ts'
import * as page from '../../app/routes/work/decide-many.tsx'
import type { Actor } from '../../app/session.server.ts'
import { commentsText } from '../../app/text/comments.ts'
import { refusalSentence } from '../../app/text/refusals.ts'
import { togetherText } from '../../app/text/together.ts'
import { withActor, withoutEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { listInbox } from '../../db/inbox.ts'
import { cookieOf } from '../support/lived-in.ts'
import { pageOf } from '../support/route-page.ts'
import { openStage, type Stage } from './command-stage.ts'

type Submitted = Awaited<ReturnType<Stage['submitted']>>

let stage: Stage
let reviewer: Actor
let [first, second, talked] = [] as Submitted[]
const tasks = new Map<string, string>()

beforeAll(async () => {
  stage = await openStage()
  reviewer = await stage.actor('profesional_sig')
  ;[first, second, talked] = [await stage.submitted(), await stage.submitted(), await stage.submitted()]
  const place = { cycleId: of(talked).cycleId, stepCode: '1', formKey: newId() } as const
  await writeComment(stage.on(), await stage.actor('control_interno'), { ...place, body: 'Falta la fuente.' })
  const { rows } = await withActor(stage.on().db, reviewer, (trx) => listInbox(trx, inboxReader(reviewer)))
  for (const { cycleId, id } of rows) tasks.set(cycleId, id)
}, 120_000)
afterAll(() => stage?.close())

function of(one: Submitted | undefined): Submitted {
  if (!one) throw new Error('nothing was submitted')
  return one
}

const shown = (one: Submitted | undefined, version = of(one).versionId) => `${tasks.get(of(one).cycleId)}.${version}`
const load = (actor: Actor, ...chosen: string[]) =>
  loadTogether({ ...stage.on() }, actor, new URLSearchParams(chosen.map((one) => ['tarea', one])))
const verdictOn = (one: Submitted | undefined): TogetherVerdict => ({ ...of(one), stepCode: '1', role: 'reviewer' })

describe('what was chosen in the inbox', () => {
  it('is listed with the content that would be signed, and beside it what is not decided there and why', async () => {
    const { items, skipped, statements } = await load(reviewer, shown(first), shown(talked), shown(second, newId()))
    expect(items.map(({ cycleId, contentHash }) => [cycleId, contentHash])).toEqual([
      [of(first).cycleId, of(first).contentHash],
    ])
    expect(statements).toHaveLength(1)
    expect(new Map(skipped.map(({ cycleId, why }) => [cycleId, why]))).toEqual(
      new Map([
        [of(talked).cycleId, commentsText.blocked(1)],
        [of(second).cycleId, togetherText.changed],
      ]),
    )
  })

  it('is nothing of somebody else', async () => {
    const { items, skipped } = await load(await stage.actor('jefatura_ogac'), shown(first), 'nada', newId())
    expect([items, skipped]).toEqual([[], []])
  })
})

describe('a form that is sent back', () => {
  it('leaves out what the person had left out, also without script', async () => {
    const cookie = await cookieOf(stage.on(), 'profesional_sig')
    await withoutEntity(stage.world.owner, (trx) =>
      trx
        .updateTable('session')
        .set({ proved_at: new Date(0) })
        .execute(),
    )
    const ask = async (sent?: FormData) => {
      const url = `http://localhost:3000/bandeja/decidir?tarea=${shown(first)}&tarea=${shown(second)}`
      const init = { headers: { cookie }, ...(sent && { method: 'POST', body: sent }) }
      const answer = await pageOf(page, 'bandeja/decidir')(new Request(url, init), stage.on())
      const boxes = [...(await answer.text()).matchAll(/<input type="checkbox" name="decision"[^>]*>/g)].map(String)
      const marks = boxes.map((box) => [/ value="([^"]*)"/.exec(box)?.[1] ?? '', box.includes(' checked')] as const)
      return { status: answer.status, marks: new Map(marks) }
    }
    const before = await ask()
    expect([before.status, [...before.marks.values()]]).toEqual([200, [true, true]])
    const [kept = '', left = ''] = before.marks.keys()
    const form = new FormData()
    form.append('decision', kept)
    form.append('clave', 'no es esta')
    expect(await ask(form)).toEqual({
      status: 422,
      marks: new Map([
        [kept, true],
        [left, false],
      ]),
    })
  })
})

describe('several decisions sent at once', () => {
  it('are signed one by one; what cannot be is skipped and says why, and sent again nothing is signed twice', async () => {
    const report: TogetherVerdict = { ...verdictOn(second), stepCode: '6' }
    const asked = [verdictOn(first), verdictOn(talked), report, verdictOn(second)]
    const outcomes = await decideSteps(stage.on(), reviewer, asked)
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', 'skipped', 'skipped', 'done'])
    expect(outcomes.map((one) => ('why' in one ? one.why : null))).toEqual([
      null,
      refusalSentence('comments_open', { n: 1 }),
      refusalSentence('decided_alone', { step: '6' }),
      null,
    ])
    expect(await decideSteps(stage.on(), reviewer, asked)).toEqual(outcomes)
    const versions = [first, second, talked].map((one) => of(one).versionId)
    const signatures = await withoutEntity(stage.world.owner, (trx) =>
      trx.selectFrom('signature').select('step_version_id').where('role', '=', 'reviewer').execute(),
    )
    expect(signatures.map((one) => one.step_version_id).sort()).toEqual(versions.slice(0, 2).sort())
    const alone = await withoutEntity(stage.world.owner, (trx) =>
      trx.selectFrom('event').select(['cycle_id', 'step_code']).where('reason_code', '=', 'decided_alone').execute(),
    )
    expect(new Set(alone.map((one) => `${one.cycle_id} ${one.step_code}`))).toEqual(
      new Set([`${of(second).cycleId} 6`]),
    )
  })

  it('come from a form that names exactly what was shown', () => {
    const form = new FormData()
    expect(togetherIn(form)).toBeNull()
    const { cycleId, stepCode, versionId, contentHash, role } = verdictOn(first)
    form.append('decision', [cycleId, stepCode, versionId, contentHash, role].join('.'))
    expect(togetherIn(form)).toEqual([verdictOn(first)])
    form.append('decision', [cycleId, stepCode, versionId, contentHash, 'author'].join('.'))
    expect(togetherIn(form)).toBeNull()
  })
})
