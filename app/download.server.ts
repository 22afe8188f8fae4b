import { type AppLoadContext, createReadableStreamFromReadable } from '@remix-run/node'
import type { AttachedFile } from '../db/attachments.ts'
import { openFile } from '../db/files.ts'
import { notFound, SANDBOX } from './answer.server.ts'

/** A stored file, always as a download: nothing a person uploaded is shown as a page of ours. 404 where there is none. */
export async function downloadOf(context: AppLoadContext, file: AttachedFile | undefined): Promise<Response> {
  const stored = file && (await openFile(context.config.DATA_DIR, file.sha256))
  if (!file || !stored) throw notFound(context.requestId)
  return new Response(createReadableStreamFromReadable(stored.stream()), {
    headers: {
      ...SANDBOX,
      'Content-Type': file.mediaType,
      'Content-Length': String(stored.bytes),
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    },
  })
}
