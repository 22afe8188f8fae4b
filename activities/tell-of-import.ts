import { type ImportEnd, importMail } from '../app/text/import-mail.ts'
import type { Trx } from '../db/client.ts'
import { appNow } from '../db/clock.ts'
import { idOf } from '../db/ids.ts'
import type { ImportRow } from '../db/imports.ts'
import { toldBeside, writeMail } from '../db/mail.ts'
import type { Tools } from './tools.ts'

/** Whoever has waited longer has gone on to something else. */
const LONG_MS = 60_000

/** One mail to whoever asked for an import that took its time, in the transaction that ends it (experience 43). */
export async function tellOfImport(
  trx: Trx,
  { publicUrl }: Tools,
  entityId: string,
  row: ImportRow,
  end: ImportEnd,
): Promise<void> {
  if (appNow().getTime() - row.requestedAt.getTime() < LONG_MS) return
  await writeMail(trx, {
    id: idOf('mail', 'import', row.id),
    entityId,
    noticeId: null,
    personId: row.askerId,
    ...importMail(end),
    ...toldBeside(publicUrl, `/ejercicios/${row.cycleId}/fuentes/${row.sourceId}`),
  })
}
