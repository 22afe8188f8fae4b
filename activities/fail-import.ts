import { recordEvent } from '../db/audit.ts'
import { withEntity } from '../db/client.ts'
import { failRow } from '../db/import-changes.ts'
import { findImport } from '../db/imports.ts'
import type { ImportInput } from '../workflows/messages.ts'
import { removeLeft } from './import-source.ts'
import { tellOfImport } from './tell-of-import.ts'
import type { Tools } from './tools.ts'

export interface FailedImport extends ImportInput {
  /** `cancelled`, or why the file could not be read. */
  code: string
  /** Line, column and name of a column; never a cell of a record. */
  facts?: { line?: number; column?: number; detail?: string }
}

/** Ends an import that made no snapshot; one that already ended stays as it is. Nothing half imported is left behind. */
export async function failImport(tools: Tools, input: FailedImport): Promise<void> {
  const { entityId, importId, code, facts = {} } = input
  const status = code === 'cancelled' ? 'cancelled' : 'failed'
  await withEntity(tools.database, entityId, async (trx) => {
    const row = await findImport(trx, importId)
    const ended = await failRow(trx, importId, { status, code, facts })
    // Whoever asked to cancel left the event then.
    if (!row || !ended || row.cancelAskedAt) return
    await recordEvent(trx, {
      entityId,
      type: status === 'cancelled' ? 'import.cancelled' : 'import.failed',
      objectId: importId,
      objectVersion: row.sourceId,
      reasonCode: code,
      cycleId: row.cycleId,
      stepCode: '3',
      origin: 'system',
      workflowId: `import:${importId}`,
    })
    if (status === 'failed') await tellOfImport(trx, tools, entityId, row, 'failed')
  })
  await removeLeft(tools, importId)
}
