import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { safeReturn, switchPosition } from '../../session.server.ts'

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData()
  await switchPosition(request, context, String(form.get('cargo') ?? ''))
  return redirect(safeReturn(String(form.get('volver') ?? '')))
}

export function loader() {
  return redirect('/inicio')
}
