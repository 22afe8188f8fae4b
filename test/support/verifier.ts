/** The verifier as the web build leaves it, for tests that run before a build. */
import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { VERIFIER_PROGRAM } from '../../documents/verifier-program.ts'
import { bundleVerifier } from '../../scripts/bundle-verifier.ts'

/** Whole or not there: another test may look for it at the same time. */
export async function builtVerifier(): Promise<void> {
  if (existsSync(VERIFIER_PROGRAM)) return
  await mkdir(new URL('./', VERIFIER_PROGRAM), { recursive: true })
  const part = new URL(`./${process.pid}.part`, VERIFIER_PROGRAM)
  await writeFile(part, await bundleVerifier())
  await rename(part, VERIFIER_PROGRAM)
}
