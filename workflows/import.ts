import { ApplicationFailure, CancellationScope, isCancellation, setHandler } from '@temporalio/workflow'
import { failImport, importSource } from './activities.ts'
import { cancelImport, type ImportInput } from './messages.ts'

/** Reads one received file into a snapshot (procedure step 3). Survives the worker; cancelling leaves nothing half imported. */
export async function importFile(input: ImportInput): Promise<void> {
  const reading = new CancellationScope()
  setHandler(cancelImport, () => reading.cancel())
  try {
    await reading.run(() => importSource(input))
  } catch (failure) {
    const code = isCancellation(failure) ? 'cancelled' : codeOf(failure)
    await CancellationScope.nonCancellable(() => failImport({ ...input, code }))
  }
}

function codeOf(failure: unknown): string {
  const cause = failure instanceof Error ? failure.cause : undefined
  return cause instanceof ApplicationFailure && cause.type ? cause.type : 'unreadable'
}
