import type { LoaderFunctionArgs } from '@remix-run/node'
import { LIST_CODES, LIST_FORMATS } from '../../../domain/lists.ts'
import { notFound } from '../../answer.server.ts'
import { exportList } from '../../commands/export-list.server.ts'
import { asDownload } from '../../download.server.ts'
import { requireActor } from '../../session.server.ts'
import { FORMAT_ADDRESSES, LIST_ADDRESSES } from '../../text/lists.ts'

/** A list as a file, under the filters of its page; each time on record. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const list = LIST_CODES.find((code) => LIST_ADDRESSES[code] === params.lista)
  const format = LIST_FORMATS.find((code) => FORMAT_ADDRESSES[code] === params.formato)
  if (!list || !format) throw notFound(context.requestId)
  const { searchParams } = new URL(request.url)
  const { content, ...named } = await exportList(context, actor, { list, format, search: searchParams })
  return asDownload(new Uint8Array(content), { ...named, bytes: content.length })
}
