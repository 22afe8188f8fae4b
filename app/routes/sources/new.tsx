import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { DEMO_NOTE } from '../../../catalog/demo/city-file.ts'
import { listAgencyOptions } from '../../../db/agencies.ts'
import { withActor } from '../../../db/client.ts'
import { listConnections } from '../../../db/connections.ts'
import { newId } from '../../../db/ids.ts'
import { invalid } from '../../answer.server.ts'
import { attachSource } from '../../commands/attach-source.server.ts'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ContractForm } from '../../components/sources/contract-form.tsx'
import { sourcesFrame } from '../../pages/source.server.ts'
import { contractValues, readContract } from '../../pages/source-forms.server.ts'
import { requireId } from '../../params.server.ts'
import { shownRefusal } from '../../refusal.server.ts'
import { requireActor } from '../../session.server.ts'
import { shellText } from '../../text/shell.ts'
import { contractText, sourcesText } from '../../text/sources.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(contractText.newTitle) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await withActor(context.db, actor, async (trx) => {
    const { cycle: _, ...frame } = await sourcesFrame(trx, actor, requireId(params.ejercicio, context))
    const note = context.config.INSTALLATION === 'demo' ? DEMO_NOTE : ''
    const agencies = await listAgencyOptions(trx, actor.entityId)
    const connections = frame.mayFetch ? (await listConnections(trx)).map(({ id, name }) => ({ id, name })) : null
    return { ...frame, agencies, connections, formKey: newId(), note }
  })
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const form = await request.formData()
  const read = readContract(form, await withActor(context.db, actor, (trx) => listAgencyOptions(trx, actor.entityId)))
  const conexion = String(form.get('conexion') ?? '')
  if (!read.ok) return invalid(read.errors, { ...read.values, conexion, formKey: String(form.get('formKey') ?? '') })
  const connectionId = conexion === '' ? null : requireId(conexion, context)
  const formKey = String(form.get('formKey') || newId())
  try {
    const id = await attachSource(context, actor, { cycleId, formKey, contract: read.contract, connectionId })
    return redirect(`/ejercicios/${cycleId}/fuentes/${id}${connectionId ? '/conexion' : ''}`)
  } catch (failure) {
    const { code, sentence } = shownRefusal(failure)
    if (code !== 'body_differs') throw failure
    return invalid([{ field: 'name', message: sentence }], { ...contractValues(form), conexion, formKey: newId() })
  }
}

export default function NewSource() {
  const { cycleId, cycleName, whyNot, agencies, connections, formKey, note } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const answer = useActionData<typeof action>()
  const list = `/ejercicios/${cycleId}/fuentes`
  const empty = { name: '', ownerAgency: '', legalBasis: '', sensitivity: '', periodFrom: '', periodTo: '' }
  return (
    <>
      <CycleCrumbs
        cycle={{ id: cycleId, name: cycleName }}
        crumbs={[{ label: sourcesText.title, to: list }, { label: contractText.newTitle }]}
      />
      <PageHeader title={contractText.newTitle} state={whyNot ?? contractText.newState} />
      {whyNot === null && (
        <ContractForm
          values={answer?.values ?? { ...empty, periodicity: '', personKey: '', demoNote: note }}
          agencies={agencies}
          errors={answer?.errors}
          formKey={answer?.values.formKey || formKey}
          connections={
            connections
              ? {
                  options: connections,
                  chosen: answer?.values.conexion ?? search.get('conexion') ?? '',
                  defineTo: `/conexiones/nueva?ejercicio=${cycleId}`,
                }
              : undefined
          }
          submit={contractText.saveNew}
          cancelTo={list}
        />
      )}
    </>
  )
}
