/** Which methodology new assessments use: each choice is a row with its reason and its event. */
import { sql } from 'kysely'
import { type Kind, kindsOf, methodologyFor, objectionToChoosing } from '../domain/methodology-choices.ts'
import type { ChoiceInput } from '../domain/methodology-inputs.ts'
import { Refused, refuseIf } from '../domain/refusals.ts'
import { isSameMethodology, type MethodologyKey } from '../domain/risk-methodology.ts'
import { typologyOf } from '../domain/risks.ts'
import { eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { listMethodologyChoices, listMethodologyVersions, listOffered } from './methodologies.ts'
import type { RiskKeeper } from './risks.ts'

/**
 * Chooses what new assessments of a typology, or of the entity, use; the same form sent again chooses nothing. Throws
 * `Refused('body_differs')` where it says something else then, `methodology_unknown` for one that has no such typology,
 * `own_methodology` to whoever published it.
 */
export async function chooseMethodology(
  trx: Trx,
  by: RiskKeeper,
  { formKey: id, typology, key, reason }: ChoiceInput,
): Promise<void> {
  const { entityId } = by
  await sql`select pg_advisory_xact_lock(hashtextextended(${entityId}, 52))`.execute(trx)
  if (await isTaken(trx, { formKey: id, typology, key, reason })) return
  const offered = (await listOffered(trx, entityId)).find((one) => isSameMethodology(one.key, key))
  if (!offered || (typology !== null && !typologyOf(offered.methodology, typology)))
    throw new Refused('methodology_unknown')
  const version = (await listMethodologyVersions(trx, entityId, key.code)).find(({ n }) => n === key.n)
  refuseIf(objectionToChoosing(version?.publishers ?? [], by))
  const before = (await listMethodologyChoices(trx, entityId)).find((one) => one.typology === typology)
  const { last } = await trx
    .selectFrom('methodology_choice')
    .select(({ fn }) => fn.max('n').as('last'))
    .where('entity_id', '=', entityId)
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('methodology_choice')
    .values({
      ...{ id, entity_id: entityId, n: (last ?? 0) + 1, typology, methodology: key.code, methodology_n: key.n, reason },
      ...{ chosen_by: by.personId, chosen_position: by.positionId },
    })
    .execute()
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'methodology.chosen', objectId: id },
    changes: [
      { field: 'methodology', before: before?.key.code ?? null, after: key.code },
      { field: 'version', before: before?.key.n ?? null, after: key.n },
      ...(typology === null ? [] : [{ field: 'typology', before: null, after: typology }]),
    ],
  })
}

async function isTaken(trx: Trx, { formKey, typology, key, reason }: ChoiceInput): Promise<boolean> {
  const known = await trx
    .selectFrom('methodology_choice')
    .select(['typology', 'methodology as code', 'methodology_n as n', 'reason'])
    .where('id', '=', formKey)
    .executeTakeFirst()
  if (!known) return false
  const isSame = known.typology === typology && isSameMethodology(known, key) && known.reason === reason
  if (!isSame) throw new Refused('body_differs')
  return true
}

/** The methodology that new assessments of a typology use; undefined for a typology of none. */
export async function findKind(trx: Trx, entityId: string, typology: string): Promise<Kind | undefined> {
  return methodologyFor(typology, await listMethodologyChoices(trx, entityId), await listOffered(trx, entityId))
}

/** What a risk can be rated as today: every typology with the methodology that new assessments of it use. */
export async function listKinds(trx: Trx, entityId: string): Promise<Kind[]> {
  return kindsOf(await listMethodologyChoices(trx, entityId), await listOffered(trx, entityId))
}

/** The kind that is asked for. Throws `Refused('methodology_not_chosen')` where new assessments of its typology use another methodology. */
export async function requireChosen(
  trx: Trx,
  entityId: string,
  { typology, key }: { typology: string; key: MethodologyKey },
): Promise<Kind> {
  const kind = await findKind(trx, entityId, typology)
  if (kind && isSameMethodology(kind.key, key)) return kind
  throw new Refused('methodology_not_chosen', { methodology: kind?.key.code ?? null, n: kind?.key.n ?? null })
}
