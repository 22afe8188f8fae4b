import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node'
import { withoutEntity } from '../../../db/client.ts'
import { openFile } from '../../../db/files.ts'
import { findPublicRelease, parseVersion } from '../../../db/public-releases.ts'
import { notFound, SANDBOX } from '../../answer.server.ts'
import { openDataText } from '../../text/open-data.ts'

/** One file of one version: its address always gives the same bytes. Withdrawn 410; draft or unknown 404 (model.md §8). */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const version = parseVersion(params.version ?? '')
  const release = version
    ? await withoutEntity(context.publicDb, (trx) => findPublicRelease(trx, params.conjunto ?? '', version))
    : undefined
  if (!release) throw notFound(context.requestId)
  if (release.status === 'withdrawn') {
    return new Response(openDataText.gone, { status: 410, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
  }
  const file = release.files.find((one) => one.name === params.archivo)
  const stored = file && (await openFile(context.config.DATA_DIR, file.sha256))
  if (!file || !stored) throw notFound(context.requestId)
  // A withdrawal must be seen at once: caches ask every time, and are told that the bytes are those they have.
  const kept = { 'Cache-Control': 'public, no-cache', ETag: `"${file.sha256}"` }
  if (request.headers.get('If-None-Match')?.includes(file.sha256))
    return new Response(null, { status: 304, headers: kept })
  return new Response(createReadableStreamFromReadable(stored.stream()), {
    headers: {
      ...kept,
      ...SANDBOX,
      'Content-Type': file.mediaType,
      'Content-Length': String(stored.bytes),
      // Names are made of a slug and a version: letters, digits, hyphens and dots.
      'Content-Disposition': `attachment; filename="${file.name}"`,
      'Repr-Digest': `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`,
    },
  })
}
