import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { keepPresence } from '../../pages/presence.server.ts'
import { requireId, requireStepCode } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'

/** Asked now and then by a page in sight: it stays open, and who else has it open? No act, so it leaves no event. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context, 'page')
  const cycleId = requireId(params.ejercicio, context)
  const stepCode = requireStepCode(params.paso, context)
  const section = new URL(request.url).searchParams.get('seccion') ?? undefined
  return Response.json({ others: await keepPresence(context, actor, { cycleId, stepCode, section }) })
}

export function loader({ params, context }: LoaderFunctionArgs) {
  return redirect(`/ejercicios/${requireId(params.ejercicio, context)}/pasos/${requireStepCode(params.paso, context)}`)
}
