/** What was erased or disposed of since a copy was taken goes from it again, before anybody can sign in (decisions 0039 and 0061). */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { disposeAgain } from '../activities/carry-out-disposal.ts'
import { GONE_LIST, keyOfListed, type Listed, readGone } from '../activities/gone-list.ts'
import { openDatabase, withEntity } from '../db/client.ts'
import { inventoryHash } from '../db/disposal-inventory.ts'
import type { ListedDisposal } from '../db/disposals-again.ts'
import { dropAgain, type ListedErasure } from '../db/erasures.ts'
import { migrateDatabase } from '../db/migrate.ts'
import { Explained } from './processes.ts'

/** What the copy knows, and what was kept outside it since. */
export async function mergeGone(kept: string, arriving: string): Promise<void> {
  const [known, more] = [await readGone(kept), await readGone(arriving)]
  const keys = new Set(known.map(keyOfListed))
  const all = [...known, ...more.filter((one) => !keys.has(keyOfListed(one)))]
  if (all.length > 0) writeFileSync(kept, all.map((one) => `${JSON.stringify(one)}\n`).join(''), { mode: 0o600 })
}

export async function removeAgain(
  ownerUrl: string,
  { dataDir, secret }: { dataDir: string; secret: string },
): Promise<void> {
  const listed = await readGone(join(dataDir, GONE_LIST))
  if (listed.length === 0) return
  const erasures = listed.filter((one): one is ListedErasure => 'citizenId' in one)
  const disposals = disposalsIn(listed)
  for (const disposal of disposals) requireAsSigned(disposal)
  await migrateDatabase(ownerUrl, secret)
  const owner = openDatabase(ownerUrl, { max: 1 })
  try {
    for (const [entityId, ofEntity] of Map.groupBy(erasures, (one) => one.entityId))
      await withEntity(owner, entityId, (trx) => dropAgain(trx, entityId, ofEntity))
    for (const disposal of disposals) await disposeAgain({ database: owner, dataDir, secret }, disposal)
  } finally {
    await owner.close()
  }
}

/** The disposals that the list tells of an entity which comes from elsewhere, by an archive from before them (decision 0065). */
export async function listedDisposals(dataDir: string, entityId: string): Promise<ListedDisposal[]> {
  const listed = disposalsIn(await readGone(join(dataDir, GONE_LIST))).filter((one) => one.entityId === entityId)
  for (const disposal of listed) requireAsSigned(disposal)
  return listed
}

const disposalsIn = (listed: readonly Listed[]) => listed.filter((one) => 'disposalId' in one)

/** Nothing goes by a list that says other than what two people signed. */
function requireAsSigned(disposal: ListedDisposal): void {
  if (inventoryHash(disposal) === disposal.contentHash) return
  throw new Explained(
    `La lista ${GONE_LIST} dice de la eliminación ${disposal.disposalId} un inventario que no es el que se firmó: ponga la que se guardó después de la última copia.`,
  )
}
