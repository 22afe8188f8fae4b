import type { LoaderFunctionArgs } from '@remix-run/node'
import { redrawSample } from '../../commands/read-samples.server.ts'
import { asDownload } from '../../download.server.ts'
import { requireActor } from '../../session.server.ts'

/** The population of a sample, as its hash was taken: ids, parts and sizes, from which anybody draws the same. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const code = params.muestra ?? ''
  const content = Buffer.from((await redrawSample(context, actor, code)).text)
  const named = { name: `poblacion-${code}.txt`, mediaType: 'text/plain', bytes: content.length }
  return asDownload(new Uint8Array(content), named)
}
