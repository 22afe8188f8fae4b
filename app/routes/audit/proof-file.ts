import type { LoaderFunctionArgs } from '@remix-run/node'
import { takeProof } from '../../commands/take-proof.server.ts'
import { asDownload } from '../../download.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'

/** The proof of one event as a file that is checked without the product. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const { place, text } = await takeProof(context, actor, requireId(params.hecho, context))
  const content = Buffer.from(text)
  const name = `comprobante-${place}.json`
  return asDownload(new Uint8Array(content), { name, mediaType: 'application/json', bytes: content.length })
}
