import { Button, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { findCycleHead } from '../../../db/cycle-pages.ts'
import { reportBody } from '../../../documents/report-html.ts'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { draftReport } from '../../pages/report.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { reportText as text } from '../../text/report.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(text.previewTitle) }]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const report = await draftReport(context, actor, cycleId)
  const head = await withActor(context.db, actor, (trx) => findCycleHead(trx, cycleId))
  return { cycle: { id: cycleId, name: head?.name ?? '' }, html: reportBody(report) }
}

/** The page of the report as its file has it. */
export default function Preview() {
  const { cycle, html } = useLoaderData<typeof loader>()
  const base = `/ejercicios/${cycle.id}/informe`
  return (
    <VStack gap="space-16">
      <CycleCrumbs cycle={cycle} crumbs={[{ label: text.crumb, to: base }, { label: text.previewTitle }]} />
      <p className="quiet no-print">{text.previewState}</p>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made by documents/report-html.ts, every text escaped */}
      <article className="report-page" dangerouslySetInnerHTML={{ __html: html }} />
      <div className="no-print">
        <Button as={Link} to={base} variant="secondary">
          {text.back}
        </Button>
      </div>
    </VStack>
  )
}
