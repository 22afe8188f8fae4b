import { type AppLoadContext, createReadableStreamFromReadable } from '@remix-run/node'
import type { AttachedFile } from '../db/attachments.ts'
import { openFile } from '../db/files.ts'
import { notFound, SANDBOX } from './answer.server.ts'

/** A stored file, always as a download: nothing a person uploaded is shown as a page of ours. 404 where there is none. */
export async function downloadOf(context: AppLoadContext, file: AttachedFile | undefined): Promise<Response> {
  const stored = file && (await openFile(context.config.DATA_DIR, file.sha256))
  if (!file || !stored) throw notFound(context.requestId)
  return asDownload(createReadableStreamFromReadable(stored.stream()), { ...file, bytes: stored.bytes })
}

interface Named {
  name: string
  mediaType: string
  /** Absent while it is still being made. */
  bytes?: number
}

/** The one way a file leaves a private page: to be kept, never opened as a page of ours. */
export function asDownload(body: BodyInit, { name, mediaType, bytes }: Named): Response {
  return new Response(body, {
    headers: {
      ...SANDBOX,
      'Content-Type': mediaType,
      ...(bytes !== undefined && { 'Content-Length': String(bytes) }),
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  })
}
