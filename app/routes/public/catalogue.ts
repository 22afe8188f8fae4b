import type { LoaderFunctionArgs } from '@remix-run/node'
import { catalogueAnswer } from '../../pages/catalogue.server.ts'

/** DCAT 3 of all datasets or of one, in the form its address ends with (H4). */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const form = new URL(request.url).pathname.endsWith('.ttl') ? 'ttl' : 'jsonld'
  return await catalogueAnswer(request, context, form, params.conjunto)
}
