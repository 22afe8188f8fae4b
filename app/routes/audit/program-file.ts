import type { LoaderFunctionArgs } from '@remix-run/node'
import { readVerifierProgram, VERIFIER_NAME } from '../../../documents/verifier-program.ts'
import { requireAuditor } from '../../commands/consult-trail.server.ts'
import { asDownload } from '../../download.server.ts'
import { requireActor } from '../../session.server.ts'

/** The program by which a proof is checked elsewhere: one file, and nothing of ours beside it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  requireAuditor(await requireActor(request, context))
  const program = await readVerifierProgram()
  return asDownload(new Uint8Array(program), {
    name: VERIFIER_NAME,
    mediaType: 'text/javascript',
    bytes: program.length,
  })
}
