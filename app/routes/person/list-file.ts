import type { LoaderFunctionArgs } from '@remix-run/node'
import { LIST_CODES, LIST_FORMATS } from '../../../domain/lists.ts'
import { notFound } from '../../answer.server.ts'
import { exportList, mayExport } from '../../commands/export-list.server.ts'
import { asDownload } from '../../download.server.ts'
import { whileInForce } from '../../running-export.server.ts'
import { requireActor } from '../../session.server.ts'
import { FORMAT_ADDRESSES, LIST_ADDRESSES } from '../../text/lists.ts'

/** A list as a file, under the filters of its page; each time on record. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const list = LIST_CODES.find((code) => LIST_ADDRESSES[code] === params.lista)
  const format = LIST_FORMATS.find((code) => FORMAT_ADDRESSES[code] === params.formato)
  if (!list || !format) throw notFound(context.requestId)
  const { searchParams } = new URL(request.url)
  if (actor.isProbe) {
    const isOpen = await mayExport(context, actor, { list, search: searchParams })
    return new Response(null, { status: isOpen ? 204 : 403 })
  }
  const { content, scopes, ...named } = await exportList(context, actor, { list, format, search: searchParams })
  const body = scopes ? whileInForce(context, actor, { content, scopes }) : new Uint8Array(content)
  const file = asDownload(body, { ...named, bytes: content.length })
  // Compressed on its way, nobody could tell how much of it has been taken.
  if (scopes) file.headers.set('Cache-Control', 'no-store, no-transform')
  return file
}
