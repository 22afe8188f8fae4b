import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { notFound } from '../../answer.server.ts'
import { directoryOf } from '../../directory.server.ts'
import { visitDirectory } from '../../directory-entry.server.ts'
import { safeReturn } from '../../return-address.server.ts'
import { findSession } from '../../session.server.ts'

/** Off to the entity's directory; nothing here where the installation names none. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const directory = directoryOf(context.config)
  if (!directory) throw notFound(context.requestId)
  const returnTo = safeReturn(new URL(request.url).searchParams.get('volver'))
  if (await findSession(request, context)) return redirect(returnTo)
  return await visitDirectory(context, directory, { returnTo })
}

/** Never shown; a route with a page answers errors with the error page, even without JavaScript. */
export default function Nothing() {
  return null
}
