import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { receiveUpload } from '../../pages/source-actions.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { fileRefusalSentence } from '../../text/file-refusals.ts'

/** The upload with a progress bar: the same command as the plain form of the source's page, answered as data. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const [cycleId, sourceId] = [requireId(params.ejercicio, context), requireId(params.fuente, context)]
  const uploaded = await receiveUpload(context, actor, request, { cycleId, sourceId })
  if (uploaded.outcome !== 'refused') return Response.json(uploaded)
  const { refusal } = uploaded
  return Response.json({ outcome: 'refused', refusal, message: fileRefusalSentence(refusal) }, { status: 422 })
}

export function loader({ params, context }: LoaderFunctionArgs) {
  return redirect(`/ejercicios/${requireId(params.ejercicio, context)}/fuentes/${requireId(params.fuente, context)}`)
}
