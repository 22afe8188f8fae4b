import { redirect } from '@remix-run/node'
import { appNow } from '../../db/clock.ts'
import { readInput } from '../../domain/input-reading.ts'
import { releaseHourInput } from '../../domain/inputs.ts'
import { typedOf } from '../administration.server.ts'
import { invalid } from '../answer.server.ts'
import { scheduleRelease } from '../commands/schedule-release.server.ts'
import type { AppContext } from '../context.server.ts'
import { provedBy } from '../prove.server.ts'
import type { Actor } from '../session.server.ts'
import { inputErrors } from '../text/inputs.ts'

/** The form `hora` of a release, wherever it stands: 422 beside its fields, or back to the page with what was done. */
export async function hourAction(
  request: Request,
  context: AppContext,
  actor: Actor,
  form: FormData,
  { releaseId, page }: { releaseId: string; page: string },
) {
  const typed = typedOf(form)
  const read = readInput(releaseHourInput(typed.choice, appNow()), { ...typed, releaseId })
  if (!read.ok)
    return invalid(
      inputErrors(read.errors, (path) => `hora-${path}`),
      typed,
    )
  const proof = await provedBy(request, context, actor, form)
  if (!proof.ok) return invalid([{ field: 'hora-clave', message: proof.message }], typed)
  await scheduleRelease(context, proof.actor, read.input)
  const done = read.input.hour === null ? 'cancelada' : read.input.hour === 'now' ? 'ahora' : 'programada'
  return redirect(`${page}?hecho=${done}`)
}
