/** Makes the draft of a release in step 7, as often as its words change, until it is approved. */
import { findVariable } from '../catalog/variables.ts'
import type { ReleasedTable } from '../documents/open-data.ts'
import { crossingFacts, crossingOf } from '../domain/crossings.ts'
import { chartFor } from '../domain/figures.ts'
import { type Answers, answerText } from '../domain/forms.ts'
import { Refused } from '../domain/refusals.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { registerDataset, removeEmptyDatasets } from './datasets.ts'
import { refOf } from './division-maps.ts'
import { demoNoteOf } from './documents.ts'
import { type CodedFigure, findReleaseCodes, newFigureCode, storeReleaseCodes } from './figure-codes.ts'
import { newId } from './ids.ts'
import {
  emitPublicFigures,
  type FigureGrounds,
  findFigureGrounds,
  type PublicFigure,
  protectSafely,
} from './public-figures.ts'
import { hashOfPast } from './published-tables.ts'
import { writeReleaseFiles } from './release-files.ts'
import { insertProtection } from './release-protection.ts'
import { lockDraftRelease } from './release-publication.ts'
import { hashOfRelease, metadataOf, type ReleaseActor, type ReleaseMetadata } from './releases.ts'
import { saidTitlesOf } from './said-numbers.ts'
import { followedTitlesOf } from './series-tables.ts'
import { type DraftRelease, findApprovedReport } from './waiting-drafts.ts'

/** A release that is public and the correction of it that is being made, if there is one yet (H10). */
export interface CorrectedRelease {
  id: string
  dataset: { id: string; slug: string }
  pending: { id: string } | undefined
}

/**
 * Makes, or makes anew, the draft release of a cycle from step 7's draft answers: tables at level `publico`, dictionary
 * and the signed report. Throws `Refused('incomplete')` while title, tables, their figures or the report are missing,
 * `Refused('table_too_fine')` where a table crosses too much, `Refused('release_unsafe')` or `Refused('release_unproven')`
 * where the figures would, or might, show a few people.
 */
export async function prepareRelease(
  trx: Trx,
  dataDir: string,
  actor: ReleaseActor,
  input: { cycleId: string; answers: Answers; corrects?: CorrectedRelease },
): Promise<DraftRelease> {
  const metadata = metadataOf(input.answers)
  const approved = await findApprovedReport(trx, input.cycleId)
  if (!metadata.title || metadata.tables.length === 0 || !approved) throw new Refused('incomplete')
  const { id: documentId, ...report } = approved
  const draft = await placeDraft(trx, actor.entityId, input, metadata)
  const grounds = await findFigureGrounds(trx, input.cycleId)
  requireCoarse(grounds, metadata)
  const { report: protection } = await protectSafely(dataDir, grounds)
  const figures = await emitPublicFigures(dataDir, grounds)
  const coded = await codedTables(trx, figures, metadata, draft.id)
  const tables = coded.map(({ released }) => released)
  const entity = await trx
    .selectFrom('entity')
    .select('name')
    .where('id', '=', actor.entityId)
    .executeTakeFirstOrThrow()
  const files = await writeReleaseFiles(dataDir, { ...draft, entity: entity.name, metadata, tables, report })
  const releaseHash = hashOfRelease(files, metadata)
  await saveDraft(trx, actor, { ...input, ...draft, metadata, tables, files, releaseHash })
  const named = Object.fromEntries(figures.map(({ id, title }) => [id, title]))
  const titles = { ...followedTitlesOf(grounds), ...saidTitlesOf(grounds), ...named }
  await insertProtection(trx, actor.entityId, draft.id, { ...protection, titles, past: hashOfPast(grounds) })
  const printedIn = { entityId: actor.entityId, documentId, releaseId: draft.id }
  await storeReleaseCodes(
    trx,
    printedIn,
    coded.map(({ figure }) => figure),
  )
  return { id: draft.id, version: draft.version, slug: draft.slug, releaseHash, metadata, files }
}

/** Throws `Refused('table_too_fine')`: step 4 may have been approved before this was asked of it (promises §4.7 (i)). */
function requireCoarse({ requested, variables }: FigureGrounds, { tables }: ReleaseMetadata): void {
  for (const [i, { figure: id }] of tables.entries()) {
    const figure = requested.find((one) => one.id === id)
    const fault = figure && crossingOf(figure, variables)
    // A refusal keeps no typed text, so a variable the entity named itself goes by its code.
    if (fault) throw new Refused('table_too_fine', { n: i + 1, ...crossingFacts(fault, catalogueName) })
  }
}

const catalogueName = (code: string) => findVariable(code)?.label ?? code

/** Each table as the files carry it, and as it is kept behind its code. */
async function codedTables(
  trx: Trx,
  figures: PublicFigure[],
  metadata: ReleaseMetadata,
  releaseId: string,
): Promise<{ released: ReleasedTable; figure: CodedFigure }[]> {
  const known = await findReleaseCodes(trx, releaseId)
  return metadata.tables.map((asked) => {
    const found = figures.find((one) => one.id === asked.figure)
    if (!found?.table) throw new Refused('incomplete')
    const { table, base, sourceName, figure: drawn } = found
    const title = asked.title || found.title
    const code = known.find(({ place }) => place === asked.id)?.code ?? newFigureCode()
    const map = refOf(drawn?.map)
    const figure = { code, place: asked.id, title, sourceName, chart: chartFor(found), base, map, table }
    return { released: { id: asked.id, title, base, code, table }, figure }
  })
}

interface DraftPlace {
  id: string
  datasetId: string
  slug: string
  version: number
}

/** The draft's row, dataset and version: those it has already while its title still names the same dataset. */
async function placeDraft(
  trx: Trx,
  entityId: string,
  { cycleId, corrects }: { cycleId: string; corrects?: CorrectedRelease },
  metadata: ReleaseMetadata,
): Promise<DraftPlace> {
  const draft = corrects ? corrects.pending : await lockDraftRelease(trx, cycleId)
  const dataset = corrects?.dataset ?? (await registerDataset(trx, entityId, metadata.title))
  const id = draft?.id ?? newId()
  const { last } = await trx
    .selectFrom('release')
    .select(({ fn }) => fn.max('version').as('last'))
    .where('dataset_id', '=', dataset.id)
    .where('id', '!=', id)
    .executeTakeFirstOrThrow()
  return { id, datasetId: dataset.id, slug: dataset.slug, version: (last ?? 0) + 1 }
}

type SavedDraft = DraftPlace &
  Omit<DraftRelease, 'slug'> & {
    cycleId: string
    answers: Answers
    corrects?: CorrectedRelease
    tables: ReleasedTable[]
  }

async function saveDraft(trx: Trx, actor: ReleaseActor, draft: SavedDraft): Promise<void> {
  const { id, cycleId, datasetId, version, metadata, tables, files, releaseHash } = draft
  const changing = {
    dataset_id: datasetId,
    version,
    metadata: JSON.stringify(metadata),
    change_note: answerText(draft.answers, 'cambios', 'nota'),
    snapshot_hash: tables[0]?.table.snapshotHash ?? '',
    release_hash: releaseHash,
    demo_note: (await demoNoteOf(trx, cycleId)) ?? tables[0]?.table.notice ?? null,
  }
  await trx
    .insertInto('release')
    .values({
      ...{ id, entity_id: actor.entityId, cycle_id: cycleId, status: 'draft', ...changing },
      corrects_id: draft.corrects?.id ?? null,
    })
    .onConflict((oc) => oc.column('id').doUpdateSet(changing))
    .execute()
  await trx.deleteFrom('release_file').where('release_id', '=', id).execute()
  await trx
    .insertInto('release_file')
    .values(
      files.map(({ name, kind, mediaType, bytes, sha256 }) => ({
        ...{ id: newId(), entity_id: actor.entityId, release_id: id, name, kind, bytes, sha256 },
        media_type: mediaType,
      })),
    )
    .execute()
  await removeEmptyDatasets(trx, actor.entityId)
  await recordEvent(trx, {
    ...{ entityId: actor.entityId, type: 'release.drafted', objectId: id, objectVersion: String(version), cycleId },
    ...{ contentHash: releaseHash, stepCode: '7', origin: 'web', requestId: actor.requestId },
    ...{ actorPerson: actor.personId, actorPosition: actor.positionId },
  })
}
