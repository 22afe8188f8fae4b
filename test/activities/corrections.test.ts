import { sql } from 'kysely'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publishCorrection } from '../../activities/publish-correction.ts'
import { publishRelease } from '../../activities/publish-release.ts'
import { CorrectionSignatures } from '../../app/components/correction/correction-signatures.tsx'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { signatureMethod, statementOf } from '../../catalog/statements.ts'
import { withActor, withEntity, withoutEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { listUnstartedCorrections } from '../../db/correction-publication.ts'
import * as steps from '../../db/correction-steps.ts'
import { findLastTakenBack, findOpenCorrection, listCorrectionsToSign } from '../../db/corrections.ts'
import { newId } from '../../db/ids.ts'
import { listNews } from '../../db/public-catalogue.ts'
import { findPublicRelease } from '../../db/public-releases.ts'
import { listMovedHours, moveReleaseHour } from '../../db/release-hours.ts'
import { findRelease } from '../../db/release-pages.ts'
import { withdrawRelease } from '../../db/releases.ts'
import { listTimeline } from '../../db/timeline.ts'
import type { Answers } from '../../domain/forms.ts'
import { rowsOf } from '../support/database.ts'
import { approveFiles, preparedCycle } from '../support/open-data.ts'
import { openSignedWorld, type Person, type SignedCycle, type SignedWorld } from '../support/signed-cycle.ts'

const AUTHOR = 'profesional_ogac'
const SIGNERS = ['jefatura_ogac', 'secretaria_general']
const NOTE = 'El periodo decía 2023 y es 2024.'

let world: SignedWorld
let cycle: SignedCycle
let slug: string
let releaseId: string
beforeAll(async () => {
  world = await openSignedWorld()
  const prepared = await preparedCycle(world)
  cycle = prepared.cycle
  slug = prepared.draft.slug
  releaseId = (await publishRelease(world.tools, await approveFiles(world, cycle))).releaseId
}, 180_000)
afterAll(() => world?.close())

const as = (duty: string) => ({
  ...{ ...(world.people[duty] as Person), entityId: world.entityId, requestId: null, duty, provedAt: appNow() },
  proof: 'password' as const,
})
const by = <T>(duty: string, work: Parameters<typeof withActor<T>>[2]) => withActor(world.web, as(duty), work)
const publicly = (version?: number) => withoutEntity(world.open, (trx) => findPublicRelease(trx, slug, version))
const open = () => by(AUTHOR, (trx) => findOpenCorrection(trx, releaseId))

function corrected(): Answers {
  const answers = completeAnswers('7')
  return {
    ...answers,
    conjunto: { ...answers.conjunto, desde: '2024-02-01' },
    cambios: { ...answers.cambios, nota: NOTE },
  }
}

/** Lines of their inbox. */
const toSign = (duty: string) => by(duty, (trx) => listCorrectionsToSign(trx, as(duty), 5))

const prepare = (duty = AUTHOR) =>
  by(duty, (trx) =>
    steps.saveCorrection(trx, world.dataDir, as(duty), {
      ...{ releaseId, reason: 'Lo advirtió un ciudadano.', answers: corrected() },
    }),
  )
const submit = () => by(AUTHOR, (trx) => steps.requestSignatures(trx, as(AUTHOR), releaseId))
const sign = async (duty: string, verdict: 'approve' | 'return' = 'approve', hash?: string) => {
  const releaseHash = hash ?? (await open())?.releaseHash ?? ''
  const act = { releaseId, verdict, releaseHash, observation: verdict === 'return' ? 'Falta la fuente.' : '' }
  await by(duty, (trx) => steps.recordVerdict(trx, as(duty), act, SIGNERS))
}

/** Prepared again and signed by both, to be public at this hour; null: at once. */
async function signedUntil(hour: Date | null): Promise<{ id: string; pending: string }> {
  await prepare()
  const { id = '', releaseId: pending } = (await open()) ?? {}
  const general = as('secretaria_general')
  if (hour) await by(general.duty, (trx) => moveReleaseHour(trx, general, { releaseId: pending ?? '', hour }))
  await submit()
  for (const duty of SIGNERS) await sign(duty)
  return { id, pending: pending ?? '' }
}

const takeBack = () =>
  by(AUTHOR, (trx) => steps.withdrawCorrection(trx, as(AUTHOR), { releaseId, reason: 'Falta una tabla.' }))

/** Both at once: the first waits for the dataset before the second does. */
async function oneAfterTheOther<A, B>(first: () => Promise<A>, second: () => Promise<B>) {
  let both: Promise<[PromiseSettledResult<A>, PromiseSettledResult<B>]> | undefined
  await withoutEntity(world.owner, async (trx) => {
    await sql`select id from dataset where slug = ${slug} for update`.execute(trx)
    const one = first()
    await expect.poll(waiting).toBe(1)
    both = Promise.allSettled([one, second()])
    await expect.poll(waiting).toBe(2)
  })
  if (!both) throw new Error('nobody came')
  return await both
}

/** How many wait for a lock in this database. */
async function waiting(): Promise<number> {
  const found = await rowsOf<{ n: number }>(
    world.ownerUrl,
    `select count(*)::int as n from pg_locks l join pg_stat_activity a using (pid)
      where not l.granted and a.datname = current_database()`,
  )
  return found[0]?.n ?? 0
}

describe('a correction', () => {
  test('is prepared beside what stays public, and nobody sees it', async () => {
    await prepare()
    await prepare()
    expect(await publicly(2)).toBeUndefined()
    expect(await publicly()).toMatchObject({ version: 1, status: 'published' })
    expect(await open()).toMatchObject({ status: 'preparing', version: 2 })
  })

  test('is signed in order by two people who did not prepare it, on the files they read', async () => {
    await expect(sign('jefatura_ogac')).rejects.toMatchObject({ code: 'not_submitted' })
    await submit()
    await expect(prepare()).rejects.toMatchObject({ code: 'submission_in_flight' })
    await expect(sign(AUTHOR)).rejects.toMatchObject({ code: 'own_work' })
    await expect(sign('profesional_sig')).rejects.toMatchObject({ code: 'not_in_charge' })
    await expect(sign('secretaria_general')).rejects.toMatchObject({ code: 'not_your_turn' })
    await expect(sign('jefatura_ogac', 'approve', 'otra')).rejects.toMatchObject({ code: 'content_changed' })
    expect(await toSign(AUTHOR)).toEqual([])
    expect(await toSign('secretaria_general')).toEqual([])
    expect(await toSign('jefatura_ogac')).toMatchObject([{ releaseId, version: 1 }])
    await sign('jefatura_ogac')
    expect(await toSign('jefatura_ogac')).toEqual([])
    expect(await toSign('secretaria_general')).toMatchObject([{ releaseId }])
    await expect(sign('jefatura_ogac')).rejects.toMatchObject({ code: 'already_signed' })
  })

  test('returned, it goes back with its observation and begins another round', async () => {
    await sign('secretaria_general', 'return')
    expect(await open()).toMatchObject({ status: 'preparing', round: 2, approvals: [] })
    expect((await open())?.signatures.map(({ verdict }) => verdict)).toEqual(['approve', 'return'])
  })

  test('shows beside each signature what was stated and how its signer was identified, as the record keeps it', async () => {
    const signatures = (await open())?.signatures ?? []
    const [approved = '', returned = ''] = renderToStaticMarkup(createElement(CorrectionSignatures, { signatures }))
      .split('<tr')
      .slice(2)
    expect(approved).toContain(`${statementOf('approve', 'approver')} ${signatureMethod('password')}.`)
    expect(returned).toContain(`${statementOf('return', 'approver')} ${signatureMethod('password')}.`)
  })

  test('prepared again by somebody else, it is still the work of whoever prepared it first', async () => {
    await prepare('profesional_sig')
    await submit()
    await expect(sign(AUTHOR)).rejects.toMatchObject({ code: 'own_work' })
    await expect(sign('profesional_sig')).rejects.toMatchObject({ code: 'own_work' })
    const forget = by(AUTHOR, (trx) =>
      trx
        .updateTable('correction')
        .set({ authors: [as('profesional_sig').personId] })
        .execute(),
    )
    await expect(forget).rejects.toThrow('stays on record')
    await expect(
      by(AUTHOR, (trx) => trx.updateTable('correction').set({ status: 'published' }).execute()),
    ).rejects.toThrow()
  })

  test('behind the application, SQL lets nobody sign what they prepared, nor a round that is over', async () => {
    const now = await open()
    const author = as(AUTHOR)
    const insert = (round: number, who: Person) =>
      withEntity(world.owner, world.entityId, (trx) =>
        trx
          .insertInto('correction_signature')
          .values({
            ...{
              id: newId(),
              entity_id: world.entityId,
              correction_id: now?.id ?? '',
              round,
              duty: 'x',
              verdict: 'approve',
            },
            ...{ person_id: who.personId, position_id: who.positionId, person_name: 'x', position_name: 'x' },
            ...{ release_hash: 'x', statement: 'x', proved_at: appNow() },
          })
          .execute(),
      )
    await expect(insert(2, author)).rejects.toMatchObject({ code: 'CZ001' })
    await expect(insert(1, as('jefatura_ogac'))).rejects.toThrow('not open')
    const input = { entityId: world.entityId, cycleId: cycle.cycleId, correctionId: now?.id ?? '' }
    await expect(publishCorrection(world.tools, input)).rejects.toThrow('not approved')
  })

  test('signed by both it may still wait for its hour; then it is public, and the old version stays, marked', async () => {
    await sign('jefatura_ogac')
    const { id = '', releaseId: pending = '' } = (await open()) as { id?: string; releaseId?: string }
    await sign('secretaria_general')
    expect(await withoutEntity(world.worker, (trx) => listUnstartedCorrections(trx, 5))).toMatchObject([{ id }])
    const general = as('secretaria_general')
    const moveTo = (hour: Date | 'now') =>
      by('secretaria_general', (trx) => moveReleaseHour(trx, general, { releaseId: pending, hour }))
    await moveTo(new Date(appNow().getTime() + 3_600_000))
    const input = { entityId: world.entityId, cycleId: cycle.cycleId, correctionId: id }
    expect(await publishCorrection(world.tools, input)).toMatchObject({ waits: { until: expect.any(String) } })
    expect(await publicly(2)).toBeUndefined()
    await moveTo('now')
    await publishCorrection(world.tools, input)
    expect(await publishCorrection(world.tools, input)).toEqual({ releaseId: pending })
    expect(await publicly()).toMatchObject({ version: 2, changeNote: NOTE, metadata: { periodFrom: '2024-02-01' } })
    const old = await publicly(1)
    expect(old).toMatchObject({ status: 'corrected' })
    expect(old?.files.length).toBeGreaterThan(3)
    expect(await open()).toBeUndefined()
    const [news] = await withoutEntity(world.open, (trx) => listNews(trx))
    expect(news).toMatchObject({ version: 2, isCorrection: true, changeNote: NOTE })
  })

  test('of a version that is no longer the published one is refused', async () => {
    await expect(prepare()).rejects.toMatchObject({ code: 'out_of_date' })
  })

  test('taken back after its last signature is never public, stays on record, and is not counted as published', async () => {
    releaseId = (await publicly())?.id ?? ''
    const { id, pending } = await signedUntil(new Date(appNow().getTime() + 3_600_000))
    const input = { entityId: world.entityId, cycleId: cycle.cycleId, correctionId: id }
    await publishCorrection(world.tools, input)
    const { people } = await takeBack()
    expect(people.sort()).toEqual(SIGNERS.map((duty) => as(duty).personId).sort())
    expect(await publishCorrection(world.tools, input)).toEqual({ releaseId: pending, isTakenBack: true })
    expect(await publicly()).toMatchObject({ version: 2, status: 'published' })
    expect(await publicly(3)).toBeUndefined()
    expect(await open()).toBeUndefined()
    const history = await by(AUTHOR, (trx) => listTimeline(trx, { kind: 'release', id: releaseId }))
    expect(history.rows.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['correction.prepared', 'correction.withdrawn']),
    )
    const told = await by(AUTHOR, (trx) => findLastTakenBack(trx, releaseId))
    expect(told).toMatchObject({ version: 3, reason: 'Falta una tabla.' })
    const kept = await by(AUTHOR, (trx) => findRelease(trx, world.entityId, pending))
    expect(kept).toMatchObject({ status: 'recalled' })
    expect(kept?.files.length).toBeGreaterThan(3)
    expect(await withoutEntity(world.worker, (trx) => listMovedHours(trx, 5))).toMatchObject([{ correctionId: id }])
    await expect(takeBack()).rejects.toMatchObject({ code: 'out_of_date' })
    const again = by(AUTHOR, (trx) =>
      trx.updateTable('release').set({ status: 'scheduled' }).where('id', '=', pending).execute(),
    )
    await expect(again).rejects.toThrow('never rewritten')
  })

  test('taken back in the moment it is published: whoever comes second is told, in either order', async () => {
    const { id: first, pending } = await signedUntil(null)
    const publish = (id: string) =>
      publishCorrection(world.tools, { entityId: world.entityId, cycleId: cycle.cycleId, correctionId: id })
    const [back, published] = await oneAfterTheOther(takeBack, () => publish(first))
    expect([back.status, published]).toMatchObject(['fulfilled', { value: { releaseId: pending, isTakenBack: true } }])
    expect(await publicly()).toMatchObject({ version: 2 })
    const { id: second } = await signedUntil(null)
    const [won, late] = await oneAfterTheOther(() => publish(second), takeBack)
    expect([won.status, late]).toMatchObject(['fulfilled', { reason: { code: 'already_public', status: 409 } }])
    expect(await publicly()).toMatchObject({ version: 5, status: 'published' })
  })

  test('of a version withdrawn meanwhile is signed by nobody, and can still be given up', async () => {
    releaseId = (await publicly())?.id ?? ''
    await prepare()
    await submit()
    expect(await toSign('jefatura_ogac')).toHaveLength(1)
    const withdrawal = { releaseId, reason: 'Se retira por orden.' }
    await by('jefatura_ogac', (trx) => withdrawRelease(trx, as('jefatura_ogac'), withdrawal))
    expect(await toSign('jefatura_ogac')).toEqual([])
    await expect(sign('jefatura_ogac')).rejects.toMatchObject({ code: 'release_withdrawn', status: 409 })
    await by(AUTHOR, (trx) => steps.endCorrection(trx, as(AUTHOR), releaseId))
    expect(await open()).toBeUndefined()
  })
})
