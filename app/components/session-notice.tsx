import { Alert, Button, VStack } from '@navikt/ds-react'
import { useFetcher, useFetchers, useLocation } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { IDLE_MS } from '../../domain/sessions.ts'
import { sessionText } from '../text/shell.ts'

const WARNING_MS = 2 * 60_000

/** Two minutes before the session ends it says so; an idle one can be prolonged, a ten-hour one cannot. */
export function SessionNotice({ endsAt }: { endsAt: Date }) {
  const keepAlive = useFetcher()
  const { key } = useLocation()
  const atWork = useFetchers().length > 0
  const [warning, setWarning] = useState<'idle' | 'final' | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: every page and every save starts the wait anew
  useEffect(() => {
    setWarning(null)
    const untilEnd = endsAt.getTime() - performance.timeOrigin - performance.now()
    const kind = untilEnd < IDLE_MS ? 'final' : 'idle'
    const wait = Math.min(untilEnd, IDLE_MS) - WARNING_MS
    const timer = setTimeout(setWarning, Math.max(wait, 0), kind)
    return () => clearTimeout(timer)
  }, [key, atWork, endsAt])

  if (!warning) return null
  return (
    <section className="session-notice" aria-label={sessionText.label}>
      <Alert variant="warning" role="alert">
        <VStack gap="space-12">
          {sessionText[warning]}
          {warning === 'idle' && (
            <div>
              <Button size="small" onClick={() => keepAlive.load('/sesion')}>
                {sessionText.stay}
              </Button>
            </div>
          )}
        </VStack>
      </Alert>
    </section>
  )
}
