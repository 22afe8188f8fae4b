import { useCallback, useRef, useState } from 'react'
import { type Answers, entriesOf, type FieldError, type FormDefinition } from '../../../domain/forms.ts'
import type { ShownMerge } from '../../pages/draft-merge.server.ts'
import { useSaving } from '../use-saving.ts'

export interface Standing {
  rev: number
  savedAt: string
  savedBy: string
  answers: Answers
}

/** Nothing was saved: what stands, and where it differs from what is on the page. */
export interface Conflict extends Standing {
  merge: ShownMerge
}

interface Start {
  definition: FormDefinition
  answers: Answers
  rev: number
  /** Resource that saves and answers in JSON. */
  address: string
}

/** The draft as it is being typed: it saves itself, never over somebody else's. */
export function useDraft({ definition, answers: start, rev: startRev, address }: Start) {
  const [answers, setAnswers] = useState(start)
  const [errors, setErrors] = useState<FieldError[]>([])
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const draft = useRef({ answers: start, rev: startRev })

  const { touch, ...saving } = useSaving<{ rev: number }, Conflict, FieldError>({
    address,
    bodyOf: (before) => {
      const made = [
        ['rev', String(draft.current.rev)],
        ['formulario', String(definition.version)],
      ]
      if (before) made.push(['antes', contentOf(before)])
      return new URLSearchParams([...entriesOf(definition, draft.current.answers), ...made])
    },
    onSaved: ({ rev }) => {
      draft.current.rev = rev
      setErrors([])
    },
    onConflict: setConflict,
    onErrors: setErrors,
  })

  const change = useCallback(
    (update: (answers: Answers) => Answers) => {
      draft.current.answers = update(draft.current.answers)
      setAnswers(draft.current.answers)
      touch()
    },
    [touch],
  )
  return { answers, errors, conflict, change, ...saving }
}

/** The answers of a save alone. */
function contentOf(body: URLSearchParams): string {
  const content = new URLSearchParams(body)
  for (const made of ['rev', 'formulario', 'antes']) content.delete(made)
  return content.toString()
}
