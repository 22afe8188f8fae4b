import type { LoaderFunctionArgs } from '@remix-run/node'
import { appToday } from '../../../db/clock.ts'
import { printRiskYear } from '../../commands/print-risk-map.server.ts'
import { asDownload } from '../../download.server.ts'
import { vigenciaIn } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'

/** The report of a year of the risk process as a PDF; each time on record. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const year = vigenciaIn(new URL(request.url).searchParams) ?? Number(appToday().slice(0, 4))
  const { content, ...named } = await printRiskYear(context, actor, year)
  return asDownload(new Uint8Array(content), { ...named, bytes: content.length })
}
