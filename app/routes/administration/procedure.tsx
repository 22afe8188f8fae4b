import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { listProcedures, requireProcedureVersion } from '../../../db/procedures.ts'
import { requireAdministrator } from '../../administration.server.ts'
import { notFound } from '../../answer.server.ts'
import { ProcedureText } from '../../components/procedure-text.tsx'
import { requireId } from '../../params.server.ts'
import { proceduresText } from '../../text/administration.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? `${data.procedure.code} v${data.procedure.version}` : proceduresText.title) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const id = requireId(params.version, context)
  return await withActor(context.db, actor, async (trx) => {
    // The list is filtered by entity; versions themselves are read once a process, whoever asks.
    const adopted = (await listProcedures(trx, actor.entityId)).find((one) => one.id === id)
    if (!adopted) throw notFound(context.requestId)
    const { procedure, contentHash } = await requireProcedureVersion(trx, id)
    return { procedure, contentHash, adopted }
  })
}

export default function Procedure() {
  return <ProcedureText {...useLoaderData<typeof loader>()} />
}
