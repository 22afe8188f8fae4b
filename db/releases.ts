/** Releases of open data: prepared as a draft in step 7, approved with their file hashes, published by the worker. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { FREQUENCIES, LICENCES, TRANSPARENCY_MENU } from '../catalog/forms/choices.ts'
import { type Answers, answerText, rowsOf, textOf } from '../domain/forms.ts'
import { Refused } from '../domain/refusals.ts'
import type { ReleaseWords } from '../domain/releases.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { hashOf } from './content-hash.ts'

/** Who does something to a release, and where the request came from. */
export interface ReleaseActor {
  entityId: string
  personId: string
  positionId: string
  requestId: string | null
}

/** What the public page says of a release: the words approved in step 7. */
export interface ReleaseMetadata extends ReleaseWords {
  menu: string
  tables: { id: string; figure: string; title: string }[]
  /** Hash of the answers the files were made from. */
  answersHash: string
}

const labelOf = (choices: readonly { code: string; label: string }[], code: string) =>
  choices.find((choice) => choice.code === code)?.label ?? code

/** The part of step 7's answers that the files are made of. */
export function releaseAnswersHash(answers: Answers): string {
  const { conjunto, archivos } = answers
  return hashOf({ conjunto, archivos })
}

/** The words of the public page, out of step 7's answers. */
export function metadataOf(answers: Answers): ReleaseMetadata {
  const text = (field: string) => answerText(answers, 'conjunto', field).trim()
  const licence = text('licencia')
  const keywords = text('etiquetas').split(',')
  return {
    title: text('titulo'),
    description: text('descripcion'),
    licence: { code: licence, label: labelOf(LICENCES, licence) },
    periodFrom: text('desde'),
    periodTo: text('hasta'),
    frequency: labelOf(FREQUENCIES, text('frecuencia')),
    agency: text('area'),
    email: text('correo'),
    keywords: keywords.map((word) => word.trim()).filter(Boolean),
    menu: labelOf(TRANSPARENCY_MENU, text('menu')),
    tables: rowsOf(answers, 'archivos', 'lista').map((row, i) => ({
      id: `tabla-${i + 1}`,
      figure: textOf(row.figura),
      title: textOf(row.titulo),
    })),
    answersHash: releaseAnswersHash(answers),
  }
}

/** SHA-256 over the sorted hashes of the files and the words of the public page. */
export function hashOfRelease(files: { sha256: string }[], metadata: ReleaseMetadata): string {
  return hashOf({ files: files.map((file) => file.sha256).sort(), metadata })
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/**
 * Withdraws a published or corrected release: its page says why from then on, its files answer 410 (model.md §8).
 * Throws `Refused('out_of_date')` when it is not public or was withdrawn before.
 */
export async function withdrawRelease(
  trx: Trx,
  actor: ReleaseActor,
  input: { releaseId: string; reason: string },
): Promise<void> {
  const row = await trx
    .updateTable('release')
    .set({ status: 'withdrawn', withdrawn_at: sql<Date>`app_now()`, withdrawn_reason: input.reason })
    .where('id', '=', input.releaseId)
    .where('status', 'in', ['published', 'corrected'])
    .returning(['cycle_id', 'version', 'release_hash'])
    .executeTakeFirst()
  if (!row) throw new Refused('out_of_date')
  await recordEvent(trx, {
    ...{ entityId: actor.entityId, type: 'release.withdrawn', objectId: input.releaseId, cycleId: row.cycle_id },
    ...{ objectVersion: String(row.version), contentHash: row.release_hash, origin: 'web', requestId: actor.requestId },
    ...{ actorPerson: actor.personId, actorPosition: actor.positionId },
    // The reason is free text: it stands in the release's row and the event holds its hash.
    changes: [{ field: 'withdrawn_reason', before: null, after: sha256(input.reason) }],
  })
}
