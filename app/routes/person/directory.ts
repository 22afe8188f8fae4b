import type { LoaderFunctionArgs } from '@remix-run/node'
import { notFound } from '../../answer.server.ts'
import { directoryOf } from '../../directory.server.ts'
import { visitDirectory } from '../../directory-entry.server.ts'
import { requireActor } from '../../session.server.ts'

/** Off to the directory to prove again who one is, before signing; whoever came in with a password is told to go on with it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const directory = directoryOf(context.config)
  if (!directory) throw notFound(context.requestId)
  return await visitDirectory(context, directory, { returnTo: '/cuenta', actor })
}

/** Never shown; a route with a page answers errors with the error page, even without JavaScript. */
export default function Nothing() {
  return null
}
