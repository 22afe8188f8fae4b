import { Alert } from '@navikt/ds-react'
import { useEffect, useState } from 'react'
import { presenceText as text } from '../../text/steps.ts'

export interface OtherEditor {
  position: string
  /** `here`, `whole` for the whole form of a section's step, or the title of a section. */
  where: string
  isOpen: boolean
  since: string
  savedAt: string | null
}

interface Props {
  others: OtherEditor[]
  /** Resource that keeps this page's own presence and answers who else is there. */
  address: string
  of: 'step' | 'section'
}

const EVERY_MS = 25_000

/** Who else has this open. Read aloud when somebody comes, not at each of their saves; the focus stays where it is. */
export function OthersHere({ others: atFirst, address, of }: Props) {
  const others = usePresence(address, atFirst)
  return (
    <div className="others-here">
      <p role="status" className="aksel-sr-only">
        {others
          .filter(({ isOpen }) => isOpen)
          .map((other) => text.open(other, of))
          .join('. ')}
      </p>
      {others.length > 0 && (
        <Alert variant="info" size="small">
          {others.map((other) => (
            <p key={`${other.position} ${other.where} ${other.since}`}>{text.line(other, of)}</p>
          ))}
          <p className="quiet">{text.bothSave}</p>
        </Alert>
      )}
    </div>
  )
}

/** Asks only while the page is in sight, and no more once it may not. */
function usePresence(address: string, atFirst: OtherEditor[]): OtherEditor[] {
  const [others, setOthers] = useState(atFirst)
  useEffect(() => setOthers(atFirst), [atFirst])
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined
    const stop = () => clearInterval(timer)
    const ask = async () => {
      const found = await askWho(address)
      if (found === 'never') stop()
      else if (found !== 'later') setOthers(found)
    }
    const begin = () => {
      stop()
      if (document.visibilityState !== 'visible') return
      timer = setInterval(ask, EVERY_MS)
    }
    const seen = () => {
      begin()
      if (document.visibilityState === 'visible') void ask()
    }
    begin()
    document.addEventListener('visibilitychange', seen)
    return () => {
      stop()
      document.removeEventListener('visibilitychange', seen)
    }
  }, [address])
  return others
}

/** `later` when nothing answered; `never` when the session ended or the page is not theirs any more. */
async function askWho(address: string): Promise<OtherEditor[] | 'later' | 'never'> {
  try {
    const response = await fetch(address, { method: 'POST' })
    if (response.status >= 500) return 'later'
    const isJson = response.headers.get('Content-Type')?.includes('json') ?? false
    return response.ok && isJson && !response.redirected ? ((await response.json()).others as OtherEditor[]) : 'never'
  } catch {
    return 'later'
  }
}
