import { ApplicationFailure, CancellationScope, isCancellation, setHandler } from '@temporalio/workflow'
import { failImport, importSource } from './activities.ts'
import { cancelImport, type ImportInput } from './messages.ts'

type FileRefusalPlace = { line?: number; column?: number; detail?: string }

/** Reads one received file into a snapshot (procedure step 3). Survives the worker; cancelling leaves nothing half imported. */
export async function importFile(input: ImportInput): Promise<void> {
  const reading = new CancellationScope()
  setHandler(cancelImport, () => reading.cancel())
  try {
    await reading.run(() => importSource(input))
  } catch (failure) {
    const { code, facts } = isCancellation(failure) ? { code: 'cancelled', facts: {} } : reasonOf(failure)
    await CancellationScope.nonCancellable(() => failImport({ ...input, code, facts }))
  }
}

/** Reason code and where in the file: line, column, name of a column. Never a cell of a record. */
function reasonOf(failure: unknown): { code: string; facts: FileRefusalPlace } {
  const cause = failure instanceof Error ? failure.cause : undefined
  if (!(cause instanceof ApplicationFailure) || !cause.type) return { code: 'unreadable', facts: {} }
  return { code: cause.type, facts: (cause.details?.[0] ?? {}) as FileRefusalPlace }
}
