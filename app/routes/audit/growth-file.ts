import type { LoaderFunctionArgs } from '@remix-run/node'
import { takeLogFile } from '../../commands/take-log-file.server.ts'
import { asDownload } from '../../download.server.ts'
import { sizeIn } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'

/** The proof that the newest checkpoint holds all of this one. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const size = sizeIn(params.hechos)
  const content = Buffer.from(await takeLogFile(context, actor, { kind: 'growth', size }))
  const named = { name: `crecimiento-${size}.json`, mediaType: 'application/json', bytes: content.length }
  return asDownload(new Uint8Array(content), named)
}
