import type { Problem } from '../../domain/administration.ts'
import { invalidForm, type Typed } from '../administration.server.ts'

/** What is typed about a system outside, to read from it or to send to it: secrets go one way. */

const SECRETS = ['password', 'headerValue']

/** 422 with what was typed, but for what opens the system: that is typed again. `missing`: what is said beside each field left out. */
export function invalidOutside(
  { form, missing }: { form: string; missing: Record<string, string> },
  problems: readonly Problem[],
  typed: Typed,
) {
  const shown = Object.entries(typed).filter(([field, value]) => !isSecret(field, value))
  const answer = invalidForm(form, problems, Object.fromEntries(shown))
  const left = problems.filter(({ code }) => code === 'missing')
  const words = new Map(left.map(({ field }) => [`${form}-${field}`, missing[field]]))
  for (const error of answer.data.errors) error.message = words.get(error.field) ?? error.message
  return answer
}

/** What stands behind `?` may be a key, and one pasted for a certificate is sent back to nobody. */
function isSecret(field: string, value: string): boolean {
  if (field === 'url') return value.includes('?')
  return SECRETS.includes(field) || (field === 'authority' && value.includes('PRIVATE KEY'))
}

/** A field that does not apply is left out by its form, and an empty one is no field of another kind. */
export function completed(typed: Typed): Typed {
  return { password: '', url: '', headerName: '', headerValue: '', ...typed }
}
