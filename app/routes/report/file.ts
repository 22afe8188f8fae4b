import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node'
import { withActor } from '../../../db/client.ts'
import { findCycleDocument, listDocumentFiles } from '../../../db/documents.ts'
import { openFile } from '../../../db/files.ts'
import { renderReport } from '../../../documents/report.ts'
import { renderReportDocx } from '../../../documents/report-docx.ts'
import { renderReportHtml } from '../../../documents/report-html.ts'
import { notFound, SANDBOX } from '../../answer.server.ts'
import { draftReport, isReportFormat, REPORT_TYPES } from '../../pages/report.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'

/** The report as a file: `documento` names an issued one, without it the draft as it stands is made. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const format = params.formato
  if (!isReportFormat(format)) throw notFound(context.requestId)
  const headers = { ...SANDBOX, 'Content-Type': REPORT_TYPES[format] }
  const asked = new URL(request.url).searchParams.get('documento')
  if (asked === null) {
    const report = await draftReport(context, actor, cycleId)
    const render = {
      pdf: renderReport,
      docx: renderReportDocx,
      html: (one: typeof report) => Buffer.from(renderReportHtml(one), 'utf8'),
    }
    return new Response(new Uint8Array(await render[format](report)), {
      headers: { ...headers, ...named(`informe-borrador.${format}`) },
    })
  }
  const id = requireId(asked, context)
  const files = await withActor(context.db, actor, async (trx) =>
    (await findCycleDocument(trx, cycleId, id)) ? await listDocumentFiles(trx, id) : [],
  )
  const file = files.find((one) => one.format === format)
  const stored = file && (await openFile(context.config.DATA_DIR, file.sha256))
  if (!stored) throw notFound(context.requestId)
  return new Response(createReadableStreamFromReadable(stored.stream()), {
    headers: { ...headers, 'Content-Length': String(stored.bytes), ...named(`informe-firmado.${format}`) },
  })
}

const named = (name: string) => ({ 'Content-Disposition': `attachment; filename="${name}"` })
