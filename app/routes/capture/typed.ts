import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { formAt } from '../../pages/capture.server.ts'
import { keepTyping } from '../../pages/capture-actions.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { FORM_ADDRESSES } from '../../text/capture.ts'

/** Saves while one types: the form of the open page, answered in JSON. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const draftId = requireId(params.borrador, context)
  return await keepTyping(request, context, actor, { draftId, page: params.pagina ?? '' })
}

export function loader({ params, context }: LoaderFunctionArgs) {
  const form = FORM_ADDRESSES[formAt(params.formulario, context)]
  return redirect(`/captura/${form}/${requireId(params.borrador, context)}/${encodeURIComponent(params.pagina ?? '')}`)
}
