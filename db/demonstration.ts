import type { Trx } from './client.ts'

export interface DemonstrationState {
  sentence: string
  done: boolean
}

const NAME = 'demonstration'

/** How far the demonstration has been brought to life; undefined where there is none. */
export async function findDemonstration(trx: Trx): Promise<DemonstrationState | undefined> {
  const row = await trx.selectFrom('setting').select('value').where('name', '=', NAME).executeTakeFirst()
  return row?.value as unknown as DemonstrationState | undefined
}

export async function tellDemonstration(trx: Trx, state: DemonstrationState): Promise<void> {
  const value = JSON.stringify(state)
  await trx
    .insertInto('setting')
    .values({ name: NAME, value })
    .onConflict((oc) => oc.column('name').doUpdateSet({ value }))
    .execute()
}
