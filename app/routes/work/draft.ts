import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { keepDraft } from '../../pages/step-draft.server.ts'
import { requireId, requireStepCode } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'

/** Saves while one types: the form of the step's page, answered in JSON. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const place = { cycleId: requireId(params.ejercicio, context), stepCode: requireStepCode(params.paso, context) }
  const outcome = await keepDraft(context, actor, place, 'guardar', await request.formData())
  if (outcome.kind === 'kept') return Response.json({ saved: true, rev: outcome.rev, savedAt: outcome.savedAt })
  if (outcome.kind === 'conflict')
    return Response.json({ saved: false, conflict: { ...outcome.standing, merge: outcome.merge } }, { status: 409 })
  if (outcome.kind === 'refused') return Response.json({ message: outcome.sentence }, { status: outcome.status })
  return Response.json({ saved: false, errors: outcome.errors }, { status: 422 })
}

export function loader({ params, context }: LoaderFunctionArgs) {
  return redirect(`/ejercicios/${requireId(params.ejercicio, context)}/pasos/${requireStepCode(params.paso, context)}`)
}
