/**
 * What was typed in a form, kept with its place in the history of the tab: whoever goes back to it, or loads the page again, finds it
 * there. For the account that typed it and no other, and never what is written of a citizen.
 */
import { useLocation, useNavigation, useRouteLoaderData } from '@remix-run/react'
import { useEffect, useState } from 'react'
import type { loader as personLoader } from '../routes/person/layout.tsx'

type Typed = Record<string, string>

const NAME = 'escrito'

interface Standing {
  /** What came back of it, which is kept from now on. */
  answered: Typed | undefined
  /** Its fields are on the page: what is sent from them is what was typed. */
  isShown: boolean
}

/** What was kept of a form where the page stands now; null until the page runs script, and where nothing was. */
export function useKeptEntry(form: string, { answered, isShown }: Standing): Typed | null {
  const account = useRouteLoaderData<typeof personLoader>('routes/person/layout')?.account ?? ''
  const { key } = useLocation()
  const { formData } = useNavigation()
  const [kept, setKept] = useState<{ key: string; typed: Typed } | null>(null)
  // On its way: the page it was sent from still stands in the history.
  useEffect(() => {
    if (isShown && formData?.get('formulario') === form) keepEntry(account, typedIn(formData))
  }, [account, form, formData, isShown])
  useEffect(() => {
    if (answered) return keepEntry(account, answered)
    const typed = keptEntry(account)
    setKept(typed?.formulario === form ? { key, typed } : null)
  }, [account, answered, form, key])
  return kept?.key === key && !answered ? kept.typed : null
}

/** By the name of each field; of one with several answers, all of them in one text. */
function typedIn(formData: FormData): Typed {
  const names = new Set(formData.keys())
  return Object.fromEntries([...names].map((name) => [name, formData.getAll(name).map(String).join(',')]))
}

function keepEntry(account: string, typed: Typed): void {
  try {
    window.history.replaceState({ ...window.history.state, [NAME]: { account, typed } }, '')
  } catch {
    // More than the browser keeps with an entry: then it is as without script.
  }
}

function keptEntry(account: string): Typed | null {
  const kept = window.history.state?.[NAME]
  return kept?.account === account ? kept.typed : null
}
