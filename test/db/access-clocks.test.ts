import { expect, it } from 'vitest'
import { openDatabase, withoutEntity } from '../../db/client.ts'
import { proveClocks } from '../proofs/clocks.ts'
import { freshDatabase } from '../support/database.ts'

it('no access lets anybody in outside its days, at any instant of G15, in any time zone', async () => {
  const database = await freshDatabase()
  const owner = openDatabase(database.ownerUrl, { max: 1 })
  try {
    const { judged } = await withoutEntity(owner, (trx) => proveClocks(trx, 40, 1))
    expect(judged).toBe(40 * 7 * 5 * 4)
  } finally {
    await owner.close()
    await database.drop()
  }
}, 60_000)
