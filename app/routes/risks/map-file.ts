import type { LoaderFunctionArgs } from '@remix-run/node'
import { printRiskMap } from '../../commands/print-risk-map.server.ts'
import { asDownload } from '../../download.server.ts'
import { requireActor } from '../../session.server.ts'

/** The risk map as a PDF; each time on record. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const { content, ...named } = await printRiskMap(context, actor, new URL(request.url).searchParams)
  return asDownload(new Uint8Array(content), { ...named, bytes: content.length })
}
