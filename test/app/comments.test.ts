/** Conversations beside a step (A9, experience.md 26 and 27): answers, corrections, who is named, what blocks an approval. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resolveComment, rewriteComment } from '../../app/commands/change-comment.server.ts'
import { decideStep } from '../../app/commands/decide-step.server.ts'
import { writeComment } from '../../app/commands/write-comment.server.ts'
import { actOnComments } from '../../app/pages/comment-actions.server.ts'
import { findComments, findCommentsOn, openCommentsByPart } from '../../app/pages/comments.server.ts'
import { withActor, withoutEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { listMentions } from '../../db/mentions.ts'
import { findStepContext } from '../../db/step-context.ts'
import { naughtyStrings } from '../support/naughty.ts'
import { openStage, type Stage } from './command-stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
}, 120_000)
afterAll(() => stage?.close())

const say = async (duty: string, cycleId: string, body: string, more: { parentId?: string; anchor?: string } = {}) =>
  writeComment(stage.on(), await stage.actor(duty), { cycleId, stepCode: '1', body, formKey: newId(), ...more })

async function conversations(duty: string, cycleId: string) {
  const actor = await stage.actor(duty)
  return await withActor(stage.on().db, actor, async (trx) => {
    const step = await findStepContext(trx, cycleId, '1')
    if (!step) throw new Error('no step')
    return await findComments(trx, actor, step)
  })
}

describe('a conversation', () => {
  it('is about a field, is answered under its first comment, and keeps what was said before a correction', async () => {
    const cycleId = await stage.openCycle()
    const first = await say('profesional_sig', cycleId, '¿Por qué 2024?', { anchor: 'objetivos.general' })
    const answer = await say('profesional_ogac', cycleId, 'Es lo último.', { parentId: first })
    await say('profesional_sig', cycleId, 'Gracias.', { parentId: answer })
    const place = { cycleId, stepCode: '1' as const, id: first }
    await rewriteComment(stage.on(), await stage.actor('profesional_sig'), { ...place, body: '¿Por qué no 2025?' })
    const { conversations: found } = await conversations('control_interno', cycleId)
    expect(found).toMatchObject([
      {
        ...{ body: '¿Por qué no 2025?', earlier: [{ body: '¿Por qué 2024?' }], isResolved: false, mayResolve: false },
        about: { label: 'Objetivos · Objetivo general', place: 'objetivos.general' },
        answers: [{ body: 'Es lo último.' }, { body: 'Gracias.' }],
      },
    ])
  })

  it('that is left empty comes back to the field it was to be written in', async () => {
    const cycleId = await stage.openCycle()
    const first = await say('profesional_sig', cycleId, '¿Por qué 2024?')
    const fieldOf = async (intent: string, more: Record<string, string>) => {
      const form = new FormData()
      for (const [name, value] of Object.entries({ comentario: ' ', ...more })) form.set(name, value)
      const place = { cycleId, stepCode: '1' as const }
      const answer = await actOnComments({ ...stage.on() }, await stage.actor('profesional_sig'), place, intent, form)
      return answer && 'data' in answer ? answer.data.comment.at : null
    }
    expect(await fieldOf('comentar', {})).toBe('comentario')
    expect(await fieldOf('comentar', { responde: first })).toBe(`responder-${first}`)
    expect(await fieldOf('corregir-comentario', { 'comentario-id': first })).toBe(`corregir-${first}`)
  })

  it('about a part is on the page of that part until it is resolved, and sends back there', async () => {
    const cycleId = await stage.openCycle()
    const first = await say('profesional_sig', cycleId, '¿Por qué 2024?', { anchor: 'objetivos.general' })
    await say('profesional_sig', cycleId, '¿Y los corregimientos?', { anchor: 'alcance' })
    const actor = await stage.actor('profesional_sig')
    const onPart = () =>
      withActor(stage.on().db, actor, async (trx) => {
        const step = await findStepContext(trx, cycleId, '1')
        if (!step) throw new Error('no step')
        const { conversations: found } = await findCommentsOn(trx, actor, step, 'objetivos')
        return { words: found.map(({ body }) => body), open: await openCommentsByPart(trx, step) }
      })
    expect(await onPart()).toEqual({
      words: ['¿Por qué 2024?'],
      open: new Map([
        ['objetivos', 1],
        ['alcance', 1],
      ]),
    })
    const form = new FormData()
    form.set('comentario-id', first)
    const place = { cycleId, stepCode: '1' as const }
    const back = await actOnComments({ ...stage.on() }, actor, place, 'resolver-comentario', form, '/aqui')
    expect(back instanceof Response && back.headers.get('location')).toBe(`/aqui#${first}`)
    expect((await onPart()).open).toEqual(new Map([['alcance', 1]]))
  })

  it('about a place the form does not have is about the whole step', async () => {
    const cycleId = await stage.openCycle()
    await say('profesional_sig', cycleId, 'x', { anchor: 'nada.de_esto' })
    expect((await conversations('profesional_sig', cycleId)).conversations[0]?.about).toBeNull()
  })
})

describe('what is said', () => {
  it('is kept and shown as typed, whatever it holds, and no event repeats it', async () => {
    const cycleId = await stage.openCycle()
    const texts = naughtyStrings(40)
    for (const text of texts) await say('profesional_sig', cycleId, text)
    const { conversations: shown } = await conversations('profesional_ogac', cycleId)
    expect(shown.map((one) => one.body)).toEqual(texts)
    const events = await withoutEntity(stage.world.owner, (trx) =>
      trx.selectFrom('event').selectAll().where('cycle_id', '=', cycleId).execute(),
    )
    const told = JSON.stringify(events)
    for (const text of texts) expect(told).not.toContain(JSON.stringify(text).slice(1, -1))
  })
})

describe('whoever is named', () => {
  it('gets one line and one mail without a word of the comment, however often it is corrected', async () => {
    const cycleId = await stage.openCycle()
    const secret = `dato personal ${newId()}`
    const id = await say('profesional_sig', cycleId, `@Jefatura OGAC mire: ${secret}`)
    const place = { cycleId, stepCode: '1' as const, id }
    await rewriteComment(stage.on(), await stage.actor('profesional_sig'), {
      ...{ ...place, body: `@Jefatura OGAC y @Profesional SIG: ${secret}` },
    })
    const head = await stage.actor('jefatura_ogac')
    const lines = await withActor(stage.on().db, head, (trx) => listMentions(trx, head.personId, 10))
    expect(lines.filter((one) => one.commentId === id)).toHaveLength(1)
    const mails = await withoutEntity(stage.world.owner, (trx) =>
      trx.selectFrom('mail').select(['person_id', 'subject', 'body', 'link']).where('link', 'like', `%${id}`).execute(),
    )
    expect(mails.map((mail) => mail.person_id)).toEqual([head.personId])
    expect(JSON.stringify(mails)).not.toContain(secret)
  })
})

describe('a comment nobody resolved', () => {
  it('keeps its step from being approved, and the signature says what the procedure asked', async () => {
    const { cycleId, ...version } = await stage.submitted()
    const id = await say('control_interno', cycleId, 'Falta la fuente.')
    const verdict = {
      ...version,
      cycleId,
      stepCode: '1',
      verdict: 'approve',
      role: 'reviewer',
      observations: [],
    } as const
    const reviewer = await stage.actor('profesional_sig')
    const decide = () => decideStep(stage.on(), reviewer, { ...verdict, observations: [] })
    await expect(decide()).rejects.toMatchObject({ code: 'comments_open', facts: { n: 1 } })
    await resolveComment(stage.on(), reviewer, { cycleId, stepCode: '1', id, resolved: true })
    const { actId } = await decide()
    const signature = await withoutEntity(stage.world.owner, (trx) =>
      trx.selectFrom('signature').select('open_comments').where('id', '=', actId).executeTakeFirst(),
    )
    expect(signature).toEqual({ open_comments: 'block' })
  })
})
