/** What people take away as files, on record each time. */
import { createHash } from 'node:crypto'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'

export interface MadeExport {
  content: Buffer
  facts: {
    list: string
    format: string
    rows: number
    /** By filters, which the record does not have: they may name a person. */
    narrowed: boolean
  }
  cycleId?: string | null
}

/** Who took which list, how many rows and the hash of the file. */
export async function recordExport(trx: Trx, by: ActingPerson, { content, facts, cycleId }: MadeExport): Promise<void> {
  const { list, format, rows, narrowed } = facts
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'export.made', objectId: newId(), cycleId: cycleId ?? null },
    contentHash: createHash('sha256').update(content).digest('hex'),
    changes: Object.entries({ list, format, rows, narrowed }).map(([field, after]) => ({ field, before: null, after })),
  })
}
