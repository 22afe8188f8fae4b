import {
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  type SignalDefinition,
  setHandler,
} from '@temporalio/workflow'
import { failFetch, failImport, fetchSource, importSource } from './activities.ts'
import { cancelFetch, cancelImport, type FetchInput, type ImportInput } from './messages.ts'

/** Line, column, name of a column, or with which status an address answered. Never a cell of a record. */
type Facts = { line?: number; column?: number; detail?: string; status?: number }

interface Reason {
  code: string
  facts: Facts
}

/** Reads one received file into a snapshot (procedure step 3). Survives the worker; cancelling leaves nothing half imported. */
export async function importFile(input: ImportInput): Promise<void> {
  const reason = await whyNot(cancelImport, () => importSource(input))
  if (reason) await CancellationScope.nonCancellable(() => failImport({ ...input, ...reason }))
}

/** Brings the data of a source through its connection, until they are a received file like any other (E1). */
export async function fetchData(input: FetchInput): Promise<void> {
  const reason = await whyNot(cancelFetch, () => fetchSource(input))
  if (reason) await CancellationScope.nonCancellable(() => failFetch({ ...input, ...reason }))
}

/** Does what may be cancelled; null when it is done. */
async function whyNot(cancel: SignalDefinition, work: () => Promise<void>): Promise<Reason | null> {
  const reading = new CancellationScope()
  setHandler(cancel, () => reading.cancel())
  try {
    await reading.run(work)
    return null
  } catch (failure) {
    return isCancellation(failure) ? { code: 'cancelled', facts: {} } : reasonOf(failure)
  }
}

function reasonOf(failure: unknown): Reason {
  const cause = failure instanceof Error ? failure.cause : undefined
  if (!(cause instanceof ApplicationFailure) || !cause.type) return { code: 'unreadable', facts: {} }
  return { code: cause.type, facts: (cause.details?.[0] ?? {}) as Facts }
}
