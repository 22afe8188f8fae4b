import type { LoaderFunctionArgs } from '@remix-run/node'
import { renderReport, renderReportSvg } from '../../../documents/report.ts'
import type { ReportData } from '../../../documents/report-content.ts'
import { renderReportDocx } from '../../../documents/report-docx.ts'
import { renderReportHtml } from '../../../documents/report-html.ts'
import { requireAdministrator } from '../../administration.server.ts'
import { notFound, SANDBOX } from '../../answer.server.ts'
import { REPORT_TYPES } from '../../pages/report.server.ts'
import { findSample } from '../../pages/templates.server.ts'

const RENDERED: Record<string, (report: ReportData) => Buffer | string | Promise<Buffer>> = {
  pdf: renderReport,
  docx: renderReportDocx,
  html: renderReportHtml,
  svg: renderReportSvg,
}

/** A sample of a template as a file; the Word document is also how a template goes to another entity. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const format = params.formato ?? ''
  const render = Object.hasOwn(RENDERED, format) ? RENDERED[format] : undefined
  if (!render) throw notFound(context.requestId)
  const made = await render(await findSample(context, actor, new URL(request.url).searchParams))
  return new Response(typeof made === 'string' ? made : new Uint8Array(made), {
    headers: { ...SANDBOX, ...(format === 'svg' ? { 'Content-Type': 'image/svg+xml' } : fileHeaders(format)) },
  })
}

const fileHeaders = (format: string) => ({
  'Content-Type': REPORT_TYPES[format as keyof typeof REPORT_TYPES],
  'Content-Disposition': `attachment; filename="plantilla.${format}"`,
})
