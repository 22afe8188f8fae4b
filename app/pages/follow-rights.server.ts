import { data } from '@remix-run/node'
import { readInput } from '../../domain/input-reading.ts'
import { CompletionInput } from '../../domain/rights-inputs.ts'
import { parseCode } from '../../domain/verification-codes.ts'
import { typedOf } from '../administration.server.ts'
import { type FieldError, notFound } from '../answer.server.ts'
import { completeRights } from '../commands/complete-rights.server.ts'
import { type Course, followRights } from '../commands/follow-rights.server.ts'
import type { AppContext } from '../context.server.ts'
import { type Followed, findFollowed } from '../follow-secret.server.ts'
import { shownRefusal } from '../refusal.server.ts'
import { inputErrors } from '../text/inputs.ts'
import { followText } from '../text/my-rights.ts'

/** The request behind a code; a code that is none of ours is a page that is not there. */
export async function requireFollowed(context: AppContext, typed: string): Promise<Followed> {
  const place = await findFollowed(context, typed)
  if (!place) throw notFound(context.requestId, followText.unknown)
  return place
}

interface FollowAnswer {
  errors: FieldError[]
  values: Record<string, string>
  course: Course | null
  /** Carried by the page to the next form on it; never in an address. */
  secret: string
  isCompleted: boolean
}

const answer = (given: Partial<FollowAnswer>): FollowAnswer => ({
  ...{ errors: [], values: {}, course: null, secret: '', isCompleted: false, ...given },
})

/** The secret opens how a request goes; with it, what was missing is sent too. */
export async function actOnFollowed(context: AppContext, code: string, form: FormData) {
  const place = await requireFollowed(context, code)
  const typed = typedOf(form)
  const secret = parseCode(typed.secreto ?? '')
  if (secret === null) {
    const missing = { path: 'secreto', code: 'secret_missing', facts: {} } as const
    return data(answer({ errors: inputErrors([missing], fieldOf), values: typed }), { status: 422 })
  }
  try {
    return typed.formulario === 'completar'
      ? await complete(context, place, secret, typed.completion ?? '')
      : data(answer({ course: await followRights(context, place, secret), secret }))
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, null)
    return data(answer({ errors: [{ field: 'seguir-secreto', message: sentence }], values: typed }), { status })
  }
}

async function complete(context: AppContext, place: Followed, secret: string, completion: string) {
  const read = readInput(CompletionInput, { completion })
  if (read.ok) await completeRights(context, place, { secret, text: read.input.completion })
  const course = await followRights(context, place, secret)
  if (read.ok) return data(answer({ course, secret, isCompleted: true }))
  const errors = inputErrors(read.errors, fieldOf)
  return data(answer({ course, secret, errors, values: { completion } }), { status: 422 })
}

const fieldOf = (path: string) => `seguir-${path}`
