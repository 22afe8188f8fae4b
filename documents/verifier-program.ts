/** The stand-alone verifier as it is handed out: the web build puts it there (scripts/bundle-verifier.ts). */
import { readFile } from 'node:fs/promises'

export const VERIFIER_NAME = 'caracteriza-verificador.mjs'
export const VERIFIER_PROGRAM = new URL(`../build/verifier/${VERIFIER_NAME}`, import.meta.url)

export async function readVerifierProgram(): Promise<Buffer> {
  return await readFile(VERIFIER_PROGRAM)
}
