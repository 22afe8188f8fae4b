import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node'
import { withoutEntity } from '../../../db/client.ts'
import { openFile } from '../../../db/files.ts'
import { isShieldOfSomeEntity } from '../../../db/front.ts'
import { notFound } from '../../answer.server.ts'

/** The shield of an entity, a PNG; any other file of the installation answers 404 here. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const hash = params.hash ?? ''
  const known = await withoutEntity(context.publicDb, (trx) => isShieldOfSomeEntity(trx, hash))
  const file = known ? await openFile(context.config.DATA_DIR, hash) : undefined
  if (!file) throw notFound(context.requestId)
  return new Response(createReadableStreamFromReadable(file.stream()), {
    headers: { 'Content-Type': 'image/png', 'Content-Length': String(file.bytes) },
  })
}
