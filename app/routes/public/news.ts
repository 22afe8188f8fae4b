import type { LoaderFunctionArgs } from '@remix-run/node'
import { feedAnswer } from '../../pages/catalogue.server.ts'

/** Atom feed of releases (H10: whoever subscribed is told of corrections and withdrawals). */
export async function loader({ context }: LoaderFunctionArgs) {
  return await feedAnswer(context)
}
