import { errorOf, type ShownError } from './form-errors.tsx'

export interface Answer {
  errors: ShownError[]
  values: Record<string, string>
}

/** Errors of one of the forms of a page; their fields begin with the form's code. */
export function errorsOf(form: string, answer: Answer | undefined): ShownError[] | undefined {
  return answer?.errors.filter(({ field }) => field.startsWith(`${form}-`))
}

/** Props of a field: what was typed comes back with its error beside it, otherwise what the record holds. */
export function fieldsOf(form: string, answer: Answer | undefined, initial: Record<string, string | null> = {}) {
  // Sent from this form and answered, by faults of the input or by a refusal of the whole.
  const isMine = errorsOf(form, answer)?.length || answer?.values.formulario === form
  const mine = isMine ? answer : undefined
  return (name: string) => ({
    id: `${form}-${name}`,
    name,
    defaultValue: mine?.values[name] ?? initial[name] ?? '',
    error: errorOf(mine?.errors, `${form}-${name}`),
  })
}

/** Props of any field of a form, by its name. */
export type FormField = ReturnType<typeof fieldsOf>
