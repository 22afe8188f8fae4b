import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { takeLogFile } from '../../commands/take-log-file.server.ts'
import { asDownload } from '../../download.server.ts'
import { leavesFault } from '../../pages/audit.server.ts'
import { requireActor } from '../../session.server.ts'

/** The leaves of one civil day: kept outside, they name an event that is changed later. What has none goes back to where it was typed. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const day = new URL(request.url).searchParams.get('dia') ?? ''
  if (leavesFault(day) !== null) throw redirect(`/auditoria/verificacion?${new URLSearchParams({ dia: day })}#huellas`)
  const content = Buffer.from(await takeLogFile(context, actor, { kind: 'leaves', day }))
  const named = { name: `huellas-${day}.txt`, mediaType: 'text/plain', bytes: content.length }
  return asDownload(new Uint8Array(content), named)
}
