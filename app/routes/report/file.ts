import type { LoaderFunctionArgs } from '@remix-run/node'
import { withActor } from '../../../db/client.ts'
import { requireKept } from '../../../db/disposal-pages.ts'
import { findCycleDocument, listDocumentFiles } from '../../../db/documents.ts'
import { renderReport } from '../../../documents/report.ts'
import { renderReportDocx } from '../../../documents/report-docx.ts'
import { renderReportHtml } from '../../../documents/report-html.ts'
import { notFound } from '../../answer.server.ts'
import { asDownload, downloadOf } from '../../download.server.ts'
import { draftReport, isReportFormat, REPORT_TYPES } from '../../pages/report.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'

/** The report as a file: `documento` names an issued one, without it the draft as it stands is made. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const format = params.formato
  if (!isReportFormat(format)) throw notFound(context.requestId)
  const mediaType = REPORT_TYPES[format]
  const asked = new URL(request.url).searchParams.get('documento')
  if (asked === null) {
    const report = await draftReport(context, actor, cycleId)
    const render = {
      pdf: renderReport,
      docx: renderReportDocx,
      html: (one: typeof report) => Buffer.from(renderReportHtml(one), 'utf8'),
    }
    return asDownload(new Uint8Array(await render[format](report)), { name: `informe-borrador.${format}`, mediaType })
  }
  const id = requireId(asked, context)
  const files = await withActor(context.db, actor, async (trx) => {
    if (!(await findCycleDocument(trx, cycleId, id))) return []
    await requireKept(trx, id, ['document'])
    return await listDocumentFiles(trx, id)
  })
  const file = files.find((one) => one.format === format)
  return await downloadOf(context, file && { ...file, name: `informe-firmado.${format}`, mediaType })
}
