import { readVerifierProgram, VERIFIER_NAME } from '../../../documents/verifier-program.ts'
import { asDownload } from '../../download.server.ts'

/** The program by which a proof is checked elsewhere: one file, for anybody, and nothing of ours beside it. */
export async function loader() {
  const program = await readVerifierProgram()
  return asDownload(new Uint8Array(program), {
    name: VERIFIER_NAME,
    mediaType: 'text/javascript',
    bytes: program.length,
  })
}
