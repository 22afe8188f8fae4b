/** A correction that could not go out, in a system that runs: signed by all, and held as the worker would. */
import { prepareCorrection, signCorrection, submitCorrection } from '../../app/commands/correct-release.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { openDatabase, withEntity } from '../../db/client.ts'
import { recordVerdict } from '../../db/correction-steps.ts'
import { findOpenCorrection, findReleaseAnswers } from '../../db/corrections.ts'
import { holdRelease } from '../../db/held-releases.ts'
import { requireProcedureVersion } from '../../db/procedures.ts'
import { findRelease } from '../../db/release-pages.ts'
import { demoEntityId } from '../../db/seed.ts'
import { releaseRow } from '../../domain/permission-rows.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import type { Product, Slug } from './lived-in.ts'

/** Id of the held release that was to correct this published one; made once, found again afterwards. */
export async function heldRelease({ context }: Product, slug: Slug, releaseId: string): Promise<string> {
  const entityId = demoEntityId(slug)
  const known = await findHeld(context, entityId, releaseId)
  if (known) return known
  const { authors, signers, answers } = await withEntity(context.db, entityId, async (trx) => {
    const { procedureVersionId = '' } = (await findRelease(trx, entityId, releaseId)) ?? {}
    const { procedure } = await requireProcedureVersion(trx, procedureVersionId)
    const { correctorDuties: authors, signerDuties: signers } = releaseRow(entityId, procedure)
    return { authors, signers, answers: (await findReleaseAnswers(trx, releaseId)) ?? {} }
  })
  const author = await acts.actorOf(context, entityId, authors[0] ?? '')
  await prepareCorrection(context, author, { releaseId, reason: 'La descripción no decía qué se contó.', answers })
  await submitCorrection(context, author, releaseId)
  const open = await withEntity(context.db, entityId, (trx) => findOpenCorrection(trx, releaseId))
  const { id: correctionId = '', cycleId = '', releaseHash } = open ?? {}
  const act = { releaseId, verdict: 'approve' as const, releaseHash: releaseHash ?? '', observation: '' }
  for (const duty of signers.slice(0, -1))
    await signCorrection(context, await acts.actorOf(context, entityId, duty), act)
  const last = await acts.actorOf(context, entityId, signers.at(-1) ?? '')
  const { personId, position, provedAt, proof } = last
  const by = { entityId, personId, positionId: position.id, duty: position.duty, provedAt, proof, requestId: null }
  const owner = openDatabase(context.config.DATABASE_URL, { max: 1 })
  try {
    // In one transaction, or it would be published meanwhile.
    await withEntity(owner, entityId, async (trx) => {
      await recordVerdict(trx, by, act, signers)
      await holdRelease(trx, { entityId, cycleId, correctionId }, 'release_unsafe')
    })
  } finally {
    await owner.close()
  }
  return (await findHeld(context, entityId, releaseId)) ?? ''
}

async function findHeld({ db }: AppContext, entityId: string, correctsId: string): Promise<string | undefined> {
  const row = await withEntity(db, entityId, (trx) =>
    trx
      .selectFrom('release')
      .select('id')
      .where('corrects_id', '=', correctsId)
      .where('status', '=', 'held')
      .executeTakeFirst(),
  )
  return row?.id
}
