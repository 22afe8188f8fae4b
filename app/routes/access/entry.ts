import type { LoaderFunctionArgs } from '@remix-run/node'
import { answerEntry } from '../../pages/access-entry.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'

/** The door of one access: what its person is answered today, with no page around it. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await answerEntry(context, actor, requireId(params.acceso, context))
}
