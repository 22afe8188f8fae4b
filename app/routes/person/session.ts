import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireActor } from '../../session.server.ts'

/** Asked by "Seguir trabajando": reading the session is what keeps it alive. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireActor(request, context)
  return new Response(null, { status: 204 })
}
