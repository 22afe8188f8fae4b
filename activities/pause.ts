import { setTimeout as sleep } from 'node:timers/promises'

/** So long, or until there is a reason to stop. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}
