import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node'
import { requireAuditor } from '../../commands/consult-trail.server.ts'
import { exportPack } from '../../commands/export-pack.server.ts'
import { asDownload } from '../../download.server.ts'
import { cycleIn } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'

/** The sealed evidence of a cycle in one file, which is checked without the product. `ejercicio`: of which. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  requireAuditor(actor)
  const cycleId = cycleIn(new URL(request.url).searchParams)
  const { name, bytes, file } = await exportPack(context, actor, { cycleId, signal: request.signal })
  return asDownload(createReadableStreamFromReadable(file.createReadStream()), {
    name,
    mediaType: 'application/zip',
    bytes,
  })
}
