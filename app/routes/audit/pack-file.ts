import { createReadableStreamFromReadable, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Refused } from '../../../domain/refusals.ts'
import { exportPack } from '../../commands/export-pack.server.ts'
import { asDownload } from '../../download.server.ts'
import { cycleIn } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { PACK_REFUSALS } from '../../text/packs.ts'

/**
 * The sealed evidence of a cycle in one file, which is checked without the product. `ejercicio`: of which. Where it cannot be made, that
 * is said where it was asked for.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = cycleIn(new URL(request.url).searchParams)
  try {
    const { name, bytes, file } = await exportPack(context, actor, { cycleId, signal: request.signal })
    const named = { name, mediaType: 'application/zip', bytes }
    return asDownload(createReadableStreamFromReadable(file.createReadStream()), named)
  } catch (failure) {
    const code = failure instanceof Refused ? failure.code : undefined
    const why = Object.keys(PACK_REFUSALS).find((name) => PACK_REFUSALS[name] === code)
    if (why === undefined) throw failure
    throw redirect(`/auditoria/verificacion?${new URLSearchParams({ ejercicio: cycleId, fallo: why })}#paquete`)
  }
}
