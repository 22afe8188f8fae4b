import { spreadErasure } from './activities.ts'
import type { ErasureInput } from './messages.ts'

/** Has an erasure reach every file made before it. Survives the worker; nobody cancels it (Ley 1581 de 2012, art. 8). */
export async function erasure(input: ErasureInput): Promise<void> {
  await spreadErasure(input)
}
