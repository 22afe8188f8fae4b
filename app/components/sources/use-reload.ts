import { useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'

const EVERY_MS = 1_500

/** Reads the page again while something goes on that its reader did not start here. */
export function useReload() {
  const { revalidate, state } = useRevalidator()
  useEffect(() => {
    const timer = setInterval(() => state === 'idle' && revalidate(), EVERY_MS)
    return () => clearInterval(timer)
  }, [revalidate, state])
}
