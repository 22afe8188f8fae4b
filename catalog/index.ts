/** What the product ships: procedures by code and version. */
import type { Procedure } from '../domain/procedures.ts'
import { dateInWords } from './day-words.ts'
import { procedure as mmGacP008v2 } from './procedures/mm-gac-p-008-v2.ts'

export const PROCEDURES: readonly Procedure[] = [mmGacP008v2]

/** Key used in rows and hashes, for example `MM-GAC-P-008@2`. */
export function procedureKey(procedure: Pick<Procedure, 'code' | 'version'>): string {
  return `${procedure.code}@${procedure.version}`
}

/** What stands for the act by which an entity took up a version that was in force before it worked in the system. */
export function inForceSince({ code, version, validFrom }: Pick<Procedure, 'code' | 'version' | 'validFrom'>): string {
  return `${code} v${version}, vigente desde el ${dateInWords(validFrom)}`
}
