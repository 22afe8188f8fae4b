import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { safeReturn } from '../../return-address.server.ts'
import { switchPosition } from '../../session.server.ts'

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData()
  await switchPosition(request, context, String(form.get('cargo') ?? ''))
  return redirect(safeReturn(String(form.get('volver') ?? '')))
}

export function loader() {
  return redirect('/inicio')
}

/** Never shown; a route with a page answers errors with the error page, even without JavaScript. */
export default function Nothing() {
  return null
}
