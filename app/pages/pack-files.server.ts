import type { Trx } from '../../db/client.ts'
import { openFile } from '../../db/files.ts'
import type { KeptCheckpoint } from '../../db/log-checkpoints.ts'
import { type EvidenceFile, findFrozenText, listDecidedContents } from '../../db/pack-contents.ts'
import type { PackWriter } from '../../db/pack-file.ts'
import { maskedText } from '../../domain/masked-text.ts'
import type { PackContent } from '../../verifier/packs.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { packFileNames, type packText } from '../text/packs.ts'

export interface PackWanted {
  context: AppContext
  actor: Actor
  cycleId: string
  /** All events sealed below it are in the pack, with their way to it. */
  checkpoint: KeptCheckpoint
  madeAt: Date
}

/** A file of the cycle that is not in its pack, or not as it was. */
export interface AbsentFile {
  name: string
  sha256: string
  why: keyof typeof packText.absentWhy
}

/** What was decided on: as its hash was taken, and as people read it. */
export async function addContents(
  trx: Trx,
  pack: PackWriter,
  covered: Parameters<typeof listDecidedContents>[1],
): Promise<PackContent[]> {
  const contents: PackContent[] = []
  for (const { id, stepCode, n, hash, isWithheld } of await listDecidedContents(trx, covered)) {
    const file = isWithheld ? null : packFileNames.content(stepCode, n, 'json')
    contents.push({ step: stepCode, version: n, hash, file })
    if (file === null) continue
    const { canonical, html } = await findFrozenText(trx, id)
    await pack.add(file, canonical)
    await pack.add(packFileNames.content(stepCode, n, 'html'), html)
  }
  return contents
}

/** Answers those that are not there as they were. */
export async function addFiles(pack: PackWriter, dataDir: string, files: EvidenceFile[]): Promise<AbsentFile[]> {
  const absent: AbsentFile[] = []
  for (const [i, file] of files.entries()) {
    const { kind, sha256, withheld } = file
    const stored = withheld === null ? await openFile(dataDir, sha256) : undefined
    const name = nameOf(file)
    const added = stored && (await pack.add(packFileNames.file(kind, i + 1, safeName(name)), stored.stream()))
    if (added?.sha256 === sha256) continue
    absent.push({ name: added?.name ?? name, sha256, why: added ? 'altered' : (withheld ?? 'lost') })
  }
  return absent
}

/** A file of a step that may carry personal data may be named after somebody: it goes by its step alone. */
function nameOf({ name, stepCode, withheld }: EvidenceFile): string {
  return withheld === 'confidential' || withheld === 'disposed' ? packFileNames.withheld(stepCode) : maskedText(name)
}

const LONGEST_NAME = 100

/** As it was named, as far as every system takes it. */
function safeName(name: string): string {
  const safe = [...name.replaceAll(/[^\p{L}\p{N}._ ()-]+/gu, '_')].slice(-LONGEST_NAME).join('')
  return safe.replaceAll(/^[. ]+|[. ]+$/g, '') || '_'
}
