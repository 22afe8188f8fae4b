import type { LoaderFunctionArgs } from '@remix-run/node'
import { LIST_FILE_TYPES, listFile } from '../../../documents/list-files.ts'
import { TEMPLATE_HEADER } from '../../../domain/grant-lists.ts'
import { notFound } from '../../answer.server.ts'
import { asDownload } from '../../download.server.ts'
import { requireActor } from '../../session.server.ts'
import { accessListText } from '../../text/access-lists.ts'

/** The header of a list, to be filled in; a spreadsheet in Spanish reads the CSV as it is. */
const FORMATS = { csv: 'csv_semicolon', xlsx: 'xlsx' } as const

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  await requireActor(request, context)
  const ending = (['csv', 'xlsx'] as const).find((one) => one === params.formato)
  if (!ending) throw notFound(context.requestId)
  const format = FORMATS[ending]
  const content = await listFile({ title: accessListText.reviewTitle, header: TEMPLATE_HEADER, rows: [] }, format)
  const name = `plantilla-accesos.${ending}`
  return asDownload(new Uint8Array(content), { ...LIST_FILE_TYPES[format], name, bytes: content.length })
}
