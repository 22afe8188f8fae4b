import type { LoaderFunctionArgs } from '@remix-run/node'
import { returnFromDirectory } from '../../directory-entry.server.ts'

/** Where the directory sends people back to. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  return await returnFromDirectory(request, context)
}

/** Never shown; a route with a page answers errors with the error page, even without JavaScript. */
export default function Nothing() {
  return null
}
