import { useCallback, useRef, useState } from 'react'
import { type Answers, entriesOf, type FieldError, type FormDefinition } from '../../../domain/forms.ts'
import type { ShownMerge } from '../../pages/draft-merge.server.ts'
import { type Unanswered, useSaving } from '../use-saving.ts'

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

  const bodyOf = (before: Unanswered | null) => {
    const entries = entriesOf(definition, draft.current.answers)
    const made = [
      ['rev', String(draft.current.rev + (before?.isOnItsWay ? 1 : 0))],
      ['formulario', String(definition.version)],
    ]
    return new URLSearchParams([...entries, ...made])
  }
  const { touch, ...saving } = useSaving<{ rev: number }, Conflict, FieldError>({
    ...{ address, bodyOf, onErrors: setErrors },
    onSaved: ({ rev }) => {
      draft.current.rev = rev
      setErrors([])
    },
    onConflict: (standing, before) => {
      if (before && contentOf(definition, standing.answers) === withoutRev(before.body)) {
        draft.current.rev = standing.rev
        return true
      }
      setConflict(standing)
      return false
    },
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

function contentOf(definition: FormDefinition, answers: Answers): string {
  return new URLSearchParams(entriesOf(definition, answers)).toString()
}

function withoutRev(body: URLSearchParams): string {
  const content = new URLSearchParams(body)
  content.delete('rev')
  content.delete('formulario')
  return content.toString()
}
