import type { LoaderFunctionArgs } from '@remix-run/node'
import { withoutEntity } from '../../../db/client.ts'
import { findLogDayFile } from '../../../db/log-days.ts'
import { isCivilDate } from '../../../domain/civil-dates.ts'
import { notFound } from '../../answer.server.ts'
import { asDownload } from '../../download.server.ts'
import { requireId } from '../../params.server.ts'

const KINDS = { 'punto-de-control.txt': 'checkpoint', 'huellas.txt': 'leaves' } as const

/** The checkpoint or the leaves of a published day: the same bytes for ever. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const entityId = requireId(params.entidad, context)
  const { dia: day = '', archivo: name = '' } = params
  const kind = Object.entries(KINDS).find(([known]) => known === name)?.[1]
  const text =
    kind && isCivilDate(day)
      ? await withoutEntity(context.publicDb, (trx) => findLogDayFile(trx, entityId, day, kind))
      : undefined
  if (text === undefined) throw notFound(context.requestId)
  const content = Buffer.from(text)
  return asDownload(new Uint8Array(content), {
    name: `${day}-${name}`,
    mediaType: 'text/plain; charset=utf-8',
    bytes: content.length,
  })
}
