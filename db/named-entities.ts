import type { Trx } from './client.ts'

/** An entity by its official numbers. */
export interface NumberedEntity {
  id: string
  divipola: string
  nit: string
}

/** Every entity of the installation. Runs as caracteriza_public: these numbers are public. */
export async function listNumberedEntities(trx: Trx): Promise<NumberedEntity[]> {
  return await trx.selectFrom('entity').select(['id', 'divipola', 'nit']).orderBy('id').execute()
}
