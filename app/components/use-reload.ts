import { useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'

const EVERY_MS = 1_500

/** Reads the page again while something goes on that its reader does not see otherwise. */
export function useReload(isGoingOn: boolean): void {
  const { revalidate, state } = useRevalidator()
  useEffect(() => {
    if (!isGoingOn) return
    const timer = setInterval(() => state === 'idle' && revalidate(), EVERY_MS)
    return () => clearInterval(timer)
  }, [isGoingOn, revalidate, state])
}
