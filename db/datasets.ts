/** Datasets: what the releases of one title are versions of. */
import type { Trx } from './client.ts'
import { newId } from './ids.ts'
import { slugOf } from './slugs.ts'

/** The entity's dataset of that title, new or known; its slug is the only one of its kind in the installation. */
export async function registerDataset(
  trx: Trx,
  entityId: string,
  title: string,
): Promise<{ id: string; slug: string }> {
  const known = await trx
    .selectFrom('dataset')
    .select(['id', 'slug', 'title'])
    .where('entity_id', '=', entityId)
    .execute()
  const same = known.find((dataset) => slugOf(dataset.title) === slugOf(title))
  if (same) return same
  const { short_name } = await trx
    .selectFrom('entity')
    .select('short_name')
    .where('id', '=', entityId)
    .executeTakeFirstOrThrow()
  const base = slugOf(`${short_name} ${title}`)
  for (let n = 1; ; n++) {
    // Another entity's dataset is invisible here, yet its slug is taken: only the insert can tell.
    const added = await trx
      .insertInto('dataset')
      .values({ id: newId(), entity_id: entityId, slug: n === 1 ? base : `${base}-${n}`, title })
      .onConflict((oc) => oc.doNothing())
      .returning(['id', 'slug'])
      .executeTakeFirst()
    if (added) return added
  }
}

/** A draft that changed its title leaves behind a dataset nobody ever published. */
export async function removeEmptyDatasets(trx: Trx, entityId: string): Promise<void> {
  await trx
    .deleteFrom('dataset')
    .where('entity_id', '=', entityId)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('release').select('release.id').whereRef('release.dataset_id', '=', 'dataset.id'))),
    )
    .execute()
}
