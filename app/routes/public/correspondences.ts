import { createHash } from 'node:crypto'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { withoutEntity } from '../../../db/client.ts'
import { listCorrespondences } from '../../../db/correspondences.ts'
import { correspondencesCsv, correspondencesJson } from '../../../documents/correspondences.ts'
import { notFound, SANDBOX } from '../../answer.server.ts'

/**
 * The approved tables of correspondence of a series, as its address ends: they may be approved long after its versions were
 * frozen, so this file is what it says today, and none of theirs ever changes (N11).
 */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const slug = params.conjunto ?? ''
  const found = await withoutEntity(context.publicDb, (trx) => listCorrespondences(trx, slug))
  if (found.length === 0) throw notFound(context.requestId)
  const isCsv = new URL(request.url).pathname.endsWith('.csv')
  const body = isCsv ? correspondencesCsv(found) : correspondencesJson(slug, found)
  const tag = createHash('sha256').update(body).digest('base64url')
  const kept = { 'Cache-Control': 'public, no-cache', ETag: `"${tag}"`, 'Access-Control-Allow-Origin': '*' }
  if (request.headers.get('If-None-Match')?.includes(tag)) return new Response(null, { status: 304, headers: kept })
  return new Response(body, {
    headers: {
      ...kept,
      ...SANDBOX,
      'Content-Type': `${isCsv ? 'text/csv' : 'application/json'}; charset=utf-8`,
      'Content-Disposition': `attachment; filename="correspondencias.${isCsv ? 'csv' : 'json'}"`,
    },
  })
}
