import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/**
 * Whether the page runs script. Of a page that comes from the server what works without is taken over; anywhere else it would
 * only take a key or two.
 */
export function useHasScript(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
