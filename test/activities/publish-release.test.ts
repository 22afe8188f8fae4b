import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PublishCorrection, publishCorrection } from '../../activities/publish-correction.ts'
import { asTold } from '../../activities/publish-judged.ts'
import { publishRelease } from '../../activities/publish-release.ts'
import { reportUnpublished } from '../../activities/report-unpublished.ts'
import type { AppContext } from '../../app/context.server.ts'
import { correctionPage } from '../../app/pages/correction.server.ts'
import { heldToPrepare } from '../../app/pages/releases.server.ts'
import { withActor, withEntity, withoutEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import * as steps from '../../db/correction-steps.ts'
import { findOpenCorrection, findReleaseAnswers } from '../../db/corrections.ts'
import { filePath, storeFile } from '../../db/files.ts'
import { listHeldReleases } from '../../db/held-releases.ts'
import { findPublicRelease, listDatasets } from '../../db/public-releases.ts'
import { PastChanged } from '../../db/release-judgement.ts'
import { withdrawRelease } from '../../db/releases.ts'
import { listTimeline } from '../../db/timeline.ts'
import type { DraftRelease } from '../../db/waiting-drafts.ts'
import { Refused } from '../../domain/refusals.ts'
import { actorOf } from '../../scripts/demonstration/acts.ts'
import { approveFiles, preparedCycle, publisherOf } from '../support/open-data.ts'
import { eventsOf, openSignedWorld, type Person, type SignedCycle, type SignedWorld } from '../support/signed-cycle.ts'

let world: SignedWorld
beforeAll(async () => {
  world = await openSignedWorld()
}, 180_000)
afterAll(() => world?.close())

const prepared = () => preparedCycle(world)
const approve = (cycle: SignedCycle, inputs?: string[]) => approveFiles(world, cycle, inputs)

const publicly = (slug: string, version?: number) =>
  withoutEntity(world.open, (trx) => findPublicRelease(trx, slug, version))

/** Puts a number where the tables of a draft hide one. */
async function showHidden({ id, files }: DraftRelease): Promise<void> {
  const file = files.find(({ kind }) => kind === 'json')
  const written = await readFile(filePath(world.dataDir, file?.sha256 ?? ''), 'utf8')
  const telling = written.replace('"registros": null', '"registros": 1').replace('"registros":null', '"registros":1')
  expect(telling).not.toBe(written)
  const { sha256, bytes } = await storeFile(world.dataDir, Buffer.from(telling))
  await withEntity(world.owner, world.entityId, (trx) =>
    trx
      .updateTable('release_file')
      .set({ sha256, bytes })
      .where('release_id', '=', id)
      .where('kind', '=', 'json')
      .execute(),
  )
}

/** The cycle whose release is published first. */
let earlier = ''
/** Prepared before the last ones that go out. */
let refused: Awaited<ReturnType<typeof prepared>>

describe('a judgement that failed', () => {
  const told = (failure: unknown, attempt: number) => {
    const one = asTold(failure, () => attempt)
    return one === failure ? 'again' : one
  }

  test('is made again, a bounded number of times where the time did not suffice, and never where it is unsafe', () => {
    const unproven = new Refused('release_unproven', { n: 1 })
    expect([1, 2, 3, 4].map((attempt) => told(unproven, attempt))).toEqual(['again', 'again', 'again', 'again'])
    expect(told(unproven, 5)).toMatchObject({ type: 'release_unproven', nonRetryable: true })
    expect(told(new Refused('release_unsafe'), 1)).toMatchObject({ type: 'release_unsafe', nonRetryable: true })
    expect(told(new Error('the database is away'), 50)).toBe('again')
  })
})

describe('publishing', () => {
  test('a draft is invisible to the public, the approved files appear once and for all', async () => {
    const { cycle, draft } = await prepared()
    earlier = cycle.cycleId
    expect(await publicly(draft.slug)).toBeUndefined()
    const input = await approve(cycle)
    const [first, second] = await Promise.all([publishRelease(world.tools, input), publishRelease(world.tools, input)])
    expect(second).toEqual(first)
    const release = await publicly(draft.slug)
    expect(release).toMatchObject({ status: 'published', version: 1, entity: 'Alcaldía Distrital de Santa Marta' })
    expect(release?.files.map((file) => file.sha256)).toEqual(draft.files.map((file) => file.sha256))
    const events = await eventsOf(world, cycle.cycleId)
    expect(events.filter((type) => type === 'release.published')).toHaveLength(1)
    const { total } = await withoutEntity(world.open, (trx) => listDatasets(trx, 1))
    expect(total).toBe(1)
  })

  test('files that are not the approved ones are never published', async () => {
    const { cycle } = await prepared()
    const input = await approve(cycle, ['ab'.repeat(32)])
    await expect(publishRelease(world.tools, input)).rejects.toThrow('the files are not the approved ones')
    expect(await eventsOf(world, cycle.cycleId)).not.toContain('release.published')
  })

  test('a later version corrects the earlier one, which stays reachable; a withdrawn one loses its files', async () => {
    const { cycle, draft } = await prepared()
    // The refused draft of the test above keeps the number between.
    expect(draft.version).toBe(3)
    await publishRelease(world.tools, await approve(cycle))
    expect(await publicly(draft.slug, 1)).toMatchObject({ status: 'corrected', files: { length: 8 } })
    const newest = await publicly(draft.slug)
    expect(newest).toMatchObject({ status: 'published', version: 3 })
    // The event stands in the history of the cycle whose version was corrected.
    expect(await eventsOf(world, earlier)).toContain('release.corrected')

    const publisher = publisherOf(world)
    const withdrawal = { releaseId: newest?.id ?? '', reason: 'Se publicó por error.' }
    await withActor(world.web, publisher, (trx) => withdrawRelease(trx, publisher, withdrawal))
    expect(await publicly(draft.slug, 3)).toMatchObject({
      ...{ status: 'withdrawn', withdrawnReason: 'Se publicó por error.', files: [] },
    })
    const told = (id = '') => withActor(world.web, publisher, (trx) => listTimeline(trx, { kind: 'release', id }))
    const types = (await told(newest?.id)).rows.map(({ type }) => type)
    expect([types[0], types.at(-1)]).toEqual(['release.withdrawn', 'release.drafted'])
    expect(types).toContain('release.published')
    expect(types).not.toContain('step.approved')
    const again = withActor(world.web, publisher, (trx) => withdrawRelease(trx, publisher, withdrawal))
    await expect(again).rejects.toThrow()
  })

  test('two at the same time go out one by one, the later judged beside the earlier, whichever number it has', async () => {
    const [early, late] = [await prepared(), await prepared()]
    refused = await prepared()
    expect(late.draft.version).toBe(early.draft.version + 1)
    await showHidden(refused.draft)
    const inputs = [await approve(late.cycle), await approve(early.cycle)]
    const publish = () => Promise.allSettled(inputs.map((input) => publishRelease(world.tools, input)))
    // The one that something overtook while it was judged is tried again, as its workflow would.
    const failures = (await publish()).flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    for (const failure of failures) expect(failure).toBeInstanceOf(PastChanged)
    expect((await publish()).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    expect(await publicly(early.draft.slug)).toMatchObject({ status: 'published', version: late.draft.version })
    const older = await publicly(early.draft.slug, early.draft.version)
    expect(older).toMatchObject({ status: 'corrected', files: { length: 8 } })
    expect(await eventsOf(world, early.cycle.cycleId)).toContain('release.published')
  })

  test('files that tell what is hidden beside what became public meanwhile are never public', async () => {
    const { cycle, draft } = refused
    const input = await approve(cycle)
    await expect(publishRelease(world.tools, input)).rejects.toMatchObject({ type: 'release_unsafe' })
    expect(await publicly(draft.slug, draft.version)).toBeUndefined()
    expect(await eventsOf(world, cycle.cycleId)).not.toContain('release.published')
    await reportUnpublished(world.tools, { ...input, reason: 'release_unsafe' })
    await reportUnpublished(world.tools, { ...input, reason: 'release_unsafe' })
    const opened = await withoutEntity(world.owner, (trx) =>
      trx
        .selectFrom('incident')
        .innerJoin('event', 'event.object_id', 'incident.id')
        .select(['incident.kind', 'event.origin'])
        .where('incident.object_id', '=', cycle.cycleId)
        .execute(),
    )
    expect(opened).toEqual([{ kind: 'release_not_published', origin: 'workflow' }])
  })
})

describe('a release that was held', () => {
  const AUTHOR = 'profesional_ogac'
  const SIGNERS = ['jefatura_ogac', 'secretaria_general']
  const as = (duty: string) => ({
    ...{ ...(world.people[duty] as Person), entityId: world.entityId, requestId: null, duty, provedAt: appNow() },
    proof: 'password' as const,
  })
  const by = <T>(duty: string, work: Parameters<typeof withActor<T>>[2]) => withActor(world.web, as(duty), work)
  const held = () =>
    by(AUTHOR, async (trx) => (await listHeldReleases(trx, world.entityId, { cursor: null, limit: 50 })).rows)
  /** Prepared in place of the release, signed by both, as a correction is; answers the publication to be. */
  async function replaced(
    releaseId: string,
  ): Promise<{ correctionId: string; version: number; input: PublishCorrection }> {
    const answers = (await by(AUTHOR, (trx) => findReleaseAnswers(trx, releaseId))) ?? {}
    const again = { releaseId, reason: 'Quedó retenida al salir.', answers }
    await by(AUTHOR, (trx) => steps.saveCorrection(trx, world.dataDir, as(AUTHOR), again))
    await by(AUTHOR, (trx) => steps.requestSignatures(trx, as(AUTHOR), releaseId))
    const open = await by(AUTHOR, (trx) => findOpenCorrection(trx, releaseId))
    const { id: correctionId = '', releaseHash = '', version = 0, cycleId = '' } = open ?? {}
    const act = { releaseId, verdict: 'approve' as const, releaseHash: releaseHash ?? '', observation: '' }
    await expect(by(AUTHOR, (trx) => steps.recordVerdict(trx, as(AUTHOR), act, SIGNERS))).rejects.toThrow('own_work')
    for (const duty of SIGNERS) await by(duty, (trx) => steps.recordVerdict(trx, as(duty), act, SIGNERS))
    return { correctionId, version: version ?? 0, input: { entityId: world.entityId, cycleId, correctionId } }
  }

  test('waits for whoever prepares step 7, who are told, and is never public as it was signed', async () => {
    const { cycle, draft } = refused
    expect(await held()).toMatchObject([{ id: draft.id, version: draft.version }])
    expect(await eventsOf(world, cycle.cycleId)).toContain('release.held')
    const mail = await withoutEntity(world.owner, (trx) =>
      trx
        .selectFrom('mail')
        .select(['person_id', 'link'])
        .where('link', 'like', `%/publicaciones/${draft.id}`)
        .execute(),
    )
    expect(mail.map(({ person_id }) => person_id)).toEqual([as(AUTHOR).personId])
    const seenBy = async (duty: string) => {
      const actor = await actorOf({ db: world.web } as AppContext, world.entityId, duty)
      return await by(duty, async (trx) => ({
        mine: (await heldToPrepare(trx, actor, 50)).length,
        may: (await correctionPage(trx, actor, draft.id))?.may.prepare,
      }))
    }
    expect(await seenBy(AUTHOR)).toEqual({ mine: 1, may: true })
    expect(await seenBy('jefatura_ogac')).toEqual({ mine: 0, may: false })
    expect(await seenBy('control_interno')).toEqual({ mine: 0, may: undefined })
    const outright = withEntity(world.owner, world.entityId, (trx) =>
      trx
        .updateTable('release')
        .set({ status: 'published', published_at: appNow() })
        .where('id', '=', draft.id)
        .execute(),
    )
    await expect(outright).rejects.toThrow('never rewritten')
  })

  test('is prepared again beside all that is public, signed by those who sign step 7, and goes out in its place', async () => {
    const { cycle, draft } = refused
    const { version, input } = await replaced(draft.id)
    expect(await held()).toEqual([])
    const first = await publishCorrection(world.tools, input)
    // No release of this cycle was public before: its summaries go out now, also where that answer was lost.
    expect(first).toMatchObject({ isFirst: true })
    expect(await publishCorrection(world.tools, input)).toEqual(first)
    const release = await publicly(draft.slug, version)
    expect(release).toMatchObject({ status: 'published', version })
    const json = release?.files.find(({ kind }) => kind === 'json')
    const written = JSON.parse(await readFile(filePath(world.dataDir, json?.sha256 ?? ''), 'utf8'))
    expect(JSON.stringify(written)).toContain('"registros":null')
    expect(await publicly(draft.slug, draft.version)).toBeUndefined()
    expect(await eventsOf(world, cycle.cycleId)).toContain('release.published')
    await expect(replaced(draft.id)).rejects.toMatchObject({ code: 'already_public' })
  })

  test('as a correction, leaves what it corrects to be corrected again', async () => {
    const { id: releaseId } = (await publicly(refused.draft.slug)) ?? { id: '' }
    const { input } = await replaced(releaseId)
    await reportUnpublished(world.tools, { ...input, reason: 'release_unproven' })
    await expect(publishCorrection(world.tools, input)).rejects.toThrow('not approved')
    expect(await held()).toHaveLength(1)
    const { version, input: again } = await replaced(releaseId)
    expect(await publishCorrection(world.tools, again)).not.toHaveProperty('isFirst')
    expect(await publicly(refused.draft.slug)).toMatchObject({ version })
    expect(await held()).toEqual([])
  })
})
