import { data, redirect } from '@remix-run/node'
import type { z } from 'zod'
import { ActionCheckInput, ActionProgressInput, ActionResultInput } from '../../domain/improvement-inputs.ts'
import { readInput } from '../../domain/inputs.ts'
import { type Typed, typedOf } from '../administration.server.ts'
import type { FieldError } from '../answer.server.ts'
import { checkAction } from '../commands/check-action.server.ts'
import { closeAction } from '../commands/close-action.server.ts'
import { reportAction } from '../commands/report-action.server.ts'
import type { AppContext } from '../context.server.ts'
import { shownRefusal } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { inputErrors } from '../text/inputs.ts'

interface ActionAnswer {
  errors: FieldError[]
  values: Typed
  /** Why it was not taken, where that is no fault of the input. */
  refused?: string
}

type Command<T> = (context: AppContext, actor: Actor, code: string, input: T) => Promise<void>

/** The three forms of an action: wrong input is 422 beside its field, a refusal its sentence, and everything typed comes back. */
export async function actOnAction(context: AppContext, actor: Actor, code: string, form: FormData) {
  switch (form.get('formulario')) {
    case 'cumplida':
      return await take(context, actor, code, form, { schema: ActionResultInput, command: closeAction })
    case 'verificada':
      return await take(context, actor, code, form, { schema: ActionCheckInput, command: checkAction })
    default:
      return await take(context, actor, code, form, { schema: ActionProgressInput, command: reportAction })
  }
}

async function take<T>(
  context: AppContext,
  actor: Actor,
  code: string,
  form: FormData,
  { schema, command }: { schema: z.ZodType<T>; command: Command<T> },
) {
  const typed = typedOf(form)
  const name = typed.formulario ?? 'avance'
  const read = readInput(schema, typed)
  if (!read.ok) {
    const errors = inputErrors(read.errors, (path) => `${name}-${path}`)
    return data<ActionAnswer>({ errors, values: typed }, { status: 422 })
  }
  try {
    await command(context, actor, code, read.input)
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure)
    return data<ActionAnswer>({ errors: [], values: typed, refused: sentence }, { status })
  }
  return redirect(`/mejora/${code}?hecho=${name}`)
}
