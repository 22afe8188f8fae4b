/** Filters of the inbox kept under a name: whose they are, with which duty they are shared, which ones open the inbox. */
import { Refused } from '../domain/refusals.ts'
import type { SavedViewInput, ViewSharingInput } from '../domain/saved-views.ts'
import { eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Claimant } from './claims.ts'
import type { Trx } from './client.ts'
import { listDutyNames } from './duty-names.ts'
import { newId } from './ids.ts'

export interface SavedView {
  id: string
  name: string
  /** What the address carries after the question mark. */
  search: string
  /** Duty that sees it too; null for nobody else. */
  sharedWith: string | null
  owner: string
  isMine: boolean
  /** Opens the inbox of this person in the duty they act in. */
  isDefault: boolean
}

/** A person's own views and those shared with the duty they act in, by name. */
export async function listSavedViews(trx: Trx, actor: Claimant): Promise<SavedView[]> {
  const rows = await visibleViews(trx, actor).orderBy('view.name').orderBy('view.id').execute()
  return rows.map(({ personId, defaultOf, ...view }) => ({
    ...view,
    isMine: personId === actor.personId,
    isDefault: defaultOf !== null,
  }))
}

/** Saves filters under a name; null where this person already has a view of that name. */
export async function saveView(trx: Trx, actor: Claimant, input: SavedViewInput): Promise<string | null> {
  const { entityId, personId } = actor
  const { name, search, sharedWith } = input
  const saved = await trx
    .insertInto('saved_view')
    .values({ id: newId(), entity_id: entityId, person_id: personId, name, search, shared_with: sharedWith })
    .onConflict((conflict) => conflict.columns(['person_id', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!saved) return null
  await recordEvent(trx, { ...eventBy(actor), type: 'view.saved', objectId: saved.id })
  if (sharedWith) await recordSharing(trx, actor, saved.id, { before: null, after: sharedWith })
  if (input.isDefault) await chooseDefaultView(trx, actor, saved.id)
  return saved.id
}

/** Shares a view with a duty, or with nobody any more; sharing it as it is changes nothing. */
export async function shareView(trx: Trx, actor: Claimant, { viewId, sharedWith }: ViewSharingInput): Promise<void> {
  const view = await requireOwnView(trx, actor, viewId)
  if (view.sharedWith === sharedWith) return
  await trx.updateTable('saved_view').set({ shared_with: sharedWith }).where('id', '=', viewId).execute()
  await recordSharing(trx, actor, viewId, { before: view.sharedWith, after: sharedWith })
}

/** The view this person's inbox opens with while they act in this duty. */
export async function chooseDefaultView(trx: Trx, actor: Claimant, viewId: string): Promise<void> {
  const { defaultOf } = await requireView(trx, actor, viewId)
  if (defaultOf !== null) return
  const { entityId: entity_id, personId: person_id, duty } = actor
  await trx
    .insertInto('default_view')
    .values({ entity_id, person_id, duty, view_id: viewId })
    .onConflict((conflict) => conflict.columns(['person_id', 'duty']).doUpdateSet({ view_id: viewId }))
    .execute()
  await recordDefault(trx, actor, viewId, true)
}

/** The inbox opens with everything again. */
export async function leaveDefaultView(trx: Trx, actor: Claimant, viewId: string): Promise<void> {
  await requireView(trx, actor, viewId)
  const left = await trx
    .deleteFrom('default_view')
    .where('person_id', '=', actor.personId)
    .where('duty', '=', actor.duty)
    .where('view_id', '=', viewId)
    .returning('view_id')
    .executeTakeFirst()
  if (left) await recordDefault(trx, actor, viewId, false)
}

/** Deletes a view for everybody; whoever opened their inbox with it sees everything again. */
export async function deleteView(trx: Trx, actor: Claimant, viewId: string): Promise<void> {
  await requireOwnView(trx, actor, viewId)
  await trx.deleteFrom('saved_view').where('id', '=', viewId).execute()
  await recordEvent(trx, { ...eventBy(actor), type: 'view.deleted', objectId: viewId })
}

function visibleViews(trx: Trx, { entityId, personId, duty }: Claimant) {
  return trx
    .selectFrom('saved_view as view')
    .innerJoin('person', 'person.id', 'view.person_id')
    .leftJoin('default_view as chosen', (join) =>
      join.onRef('chosen.view_id', '=', 'view.id').on('chosen.person_id', '=', personId).on('chosen.duty', '=', duty),
    )
    .select([
      'view.id',
      'view.name',
      'view.search',
      'view.shared_with as sharedWith',
      'view.person_id as personId',
      'person.display_name as owner',
      'chosen.view_id as defaultOf',
    ])
    .where('view.entity_id', '=', entityId)
    .where((eb) => eb.or([eb('view.person_id', '=', personId), eb('view.shared_with', '=', duty)]))
}

async function requireView(trx: Trx, actor: Claimant, viewId: string) {
  const view = await visibleViews(trx, actor).where('view.id', '=', viewId).executeTakeFirst()
  if (!view) throw new Refused('not_visible')
  return view
}

/** Locked against a second change at once. */
async function requireOwnView(trx: Trx, actor: Claimant, viewId: string) {
  const { personId, owner } = await requireView(trx, actor, viewId)
  if (personId !== actor.personId) throw new Refused('view_of_other', { by: owner })
  const held = await trx
    .selectFrom('saved_view')
    .select('shared_with as sharedWith')
    .where('id', '=', viewId)
    .forUpdate()
    .executeTakeFirst()
  if (!held) throw new Refused('not_visible')
  return held
}

async function recordSharing(
  trx: Trx,
  actor: Claimant,
  viewId: string,
  change: { before: string | null; after: string | null },
): Promise<void> {
  const called = change.after && (await listDutyNames(trx, actor.entityId))[change.after]
  const changes = [
    { field: 'shared_with', ...change },
    // What the entity called it on that day.
    ...(called ? [{ field: 'duty_name', before: null, after: called }] : []),
  ]
  await recordEvent(trx, { ...eventBy(actor), type: 'view.shared', objectId: viewId, changes })
}

async function recordDefault(trx: Trx, actor: Claimant, viewId: string, after: boolean): Promise<void> {
  const changes = [{ field: 'is_default', before: !after, after }]
  await recordEvent(trx, { ...eventBy(actor), type: 'view.default_chosen', objectId: viewId, changes })
}
