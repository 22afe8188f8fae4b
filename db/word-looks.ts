/** How a Word document looks, read in a process of its own (docs/decisions/0008). */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileRefusal } from '../domain/sources.ts'
import type { WordLook } from '../domain/word-look.ts'
import { runApart } from './ingest/apart.ts'
import { FileRefused } from './ingest/file-refused.ts'

const READER = new URL('./ingest/word-process.ts', import.meta.url)

/** What can be read of it, or why nothing is. */
export async function readWordApart(
  content: Uint8Array,
  signal?: AbortSignal,
): Promise<{ ok: true; read: WordLook } | { ok: false; code: FileRefusal['code'] }> {
  const folder = await mkdtemp(join(tmpdir(), 'caracteriza-word-'))
  try {
    const file = join(folder, 'plantilla.docx')
    await writeFile(file, content, { mode: 0o600 })
    return { ok: true, read: await runApart<WordLook>(READER, { file }, { signal }) }
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    return { ok: false, code: error.refusal.code }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
