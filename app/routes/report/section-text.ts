import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { writeSection } from '../../pages/report-actions.server.ts'
import { requireId } from '../../params.server.ts'
import { shownRefusal } from '../../refusal.server.ts'
import { requireActor } from '../../session.server.ts'

/** Saves a section while one types: the editor of its page, answered in JSON. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const place = { cycleId: requireId(params.ejercicio, context), section: params.seccion ?? '' }
  const answer = await writeSection(context, actor, place, await request.formData()).catch((failure) =>
    shownRefusal(failure, actor),
  )
  if ('sentence' in answer) return Response.json({ message: answer.sentence }, { status: answer.status })
  if (answer.kind === 'saved') return Response.json({ saved: true, ...answer.saved })
  if (answer.kind === 'conflict') return Response.json({ saved: false, conflict: answer.conflict }, { status: 409 })
  return Response.json({ saved: false, errors: [answer.error] }, { status: 422 })
}

export function loader({ params, context }: LoaderFunctionArgs) {
  return redirect(
    `/ejercicios/${requireId(params.ejercicio, context)}/informe/secciones/${encodeURIComponent(params.seccion ?? '')}`,
  )
}
