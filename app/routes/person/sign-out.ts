import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { signOut } from '../../sign-in.server.ts'

export async function action({ request, context }: ActionFunctionArgs) {
  return redirect('/', { headers: await signOut(request, context) })
}

export function loader() {
  return redirect('/inicio')
}

/** Never shown; a route with a page answers errors with the error page, even without JavaScript. */
export default function Nothing() {
  return null
}
