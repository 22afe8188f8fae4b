import { redirect } from '@remix-run/node'
import type { z } from 'zod'
import { appToday } from '../../db/clock.ts'
import { CauseAnalysisInput, CloseFindingInput, planActionInput } from '../../domain/improvement-inputs.ts'
import { readInput } from '../../domain/input-reading.ts'
import { type Typed, typedOf } from '../administration.server.ts'
import { invalid } from '../answer.server.ts'
import { analyseCauses, closeFinding, planAction } from '../commands/keep-plans.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { inputErrors } from '../text/inputs.ts'

type Command<T> = (context: AppContext, actor: Actor, code: string, input: T) => Promise<unknown>

/** The three forms of a finding: wrong input is 422 beside its field, a refusal its sentence, and everything typed comes back. */
export async function actOnFinding(context: AppContext, actor: Actor, code: string, form: FormData) {
  const typed = typedOf(form)
  switch (typed.formulario) {
    case 'accion':
      return await take(context, actor, code, typed, { schema: planActionInput(appToday()), command: planAction })
    case 'cierre':
      return await take(context, actor, code, typed, { schema: CloseFindingInput, command: closeFinding })
    default:
      return await take(context, actor, code, typed, { schema: CauseAnalysisInput, command: analyseCauses })
  }
}

async function take<T>(
  context: AppContext,
  actor: Actor,
  code: string,
  typed: Typed,
  { schema, command }: { schema: z.ZodType<T>; command: Command<T> },
) {
  const name = typed.formulario ?? 'causas'
  const read = readInput(schema, typed)
  if (!read.ok) {
    const errors = inputErrors(read.errors, (path) => `${name}-${path}`)
    return invalid(errors, typed)
  }
  return await taken(actor, name, typed, async () => {
    await command(context, actor, code, read.input)
    return redirect(`/mejora/hallazgos/${code}?hecho=${name}`)
  })
}
