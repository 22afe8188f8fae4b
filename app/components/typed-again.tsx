import { Alert } from '@navikt/ds-react'
import { useLocation } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { sessionText } from '../text/shell.ts'
import { keepSent, takeUnsent, typeAgain } from './typed-forms.ts'

/** Whoever sent a form with a session that had ended finds it as they left it once they are back, and is told so. */
export function TypedAgain({ account }: { account: string }) {
  const { key } = useLocation()
  const [shownAt, setShownAt] = useState<string | null>(null)

  useEffect(() => {
    const keep = ({ target }: SubmitEvent) => {
      if (target instanceof HTMLFormElement && target.closest('main')) keepSent(target, account)
    }
    document.addEventListener('submit', keep, { capture: true })
    return () => document.removeEventListener('submit', keep, { capture: true })
  }, [account])

  useEffect(() => {
    const typed = takeUnsent(account)
    if (!typed || !typeAgain(typed)) return
    setShownAt(key)
    const again = setTimeout(() => typeAgain(typed))
    return () => clearTimeout(again)
  }, [account, key])

  if (shownAt !== key) return null
  return (
    <Alert variant="info" role="status" className="reading">
      {sessionText.typedAgain}
    </Alert>
  )
}
