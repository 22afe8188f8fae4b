import { withEntity } from '../db/client.ts'
import { listUnexecuted } from '../db/review-closing.ts'
import type { Tools } from './tools.ts'

/** Accesses of a list that a closed campaign ends and that let somebody in still; `listId` null: of all lists. */
export async function listLeft(
  tools: Tools,
  input: { entityId: string; campaignId: string; listId: string | null },
): Promise<string[]> {
  return await withEntity(tools.database, input.entityId, (trx) => listUnexecuted(trx, input.campaignId, input.listId))
}
