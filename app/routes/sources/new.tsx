import { Alert, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { DEMO_NOTE } from '../../../catalog/demo/city-file.ts'
import { listAgencyOptions } from '../../../db/agencies.ts'
import { withActor } from '../../../db/client.ts'
import { listConnections } from '../../../db/connections.ts'
import { listEarlierSources } from '../../../db/earlier-sources.ts'
import { newId } from '../../../db/ids.ts'
import { invalid } from '../../answer.server.ts'
import { attachSource } from '../../commands/attach-source.server.ts'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ContractForm } from '../../components/sources/contract-form.tsx'
import { earlierOption, sourcesFrame } from '../../pages/source.server.ts'
import {
  contractAfter,
  contractValues,
  emptyContract,
  readContinued,
  readContract,
} from '../../pages/source-forms.server.ts'
import { requireId } from '../../params.server.ts'
import { shownRefusal } from '../../refusal.server.ts'
import { requireActor } from '../../session.server.ts'
import { continuityText } from '../../text/continuity.ts'
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
    const earlier = frame.whyNot === null ? await listEarlierSources(trx, frame.cycleId) : []
    const wanted = new URL(request.url).searchParams.get('continua')
    const continued = earlier.find(({ id }) => id === wanted)
    const values = continued ? contractAfter(continued) : emptyContract(note)
    const options = earlier.map(earlierOption)
    return { ...frame, agencies, connections, formKey: newId(), options, continued: continued ?? null, values }
  })
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const form = await request.formData()
  const read = readContract(form, await withActor(context.db, actor, (trx) => listAgencyOptions(trx, actor.entityId)))
  const conexion = String(form.get('conexion') ?? '')
  const typed = { conexion, continua: String(form.get('continua') ?? '') }
  if (!read.ok) return invalid(read.errors, { ...read.values, ...typed, formKey: String(form.get('formKey') ?? '') })
  const connectionId = conexion === '' ? null : requireId(conexion, context)
  const continuesId = readContinued(form, context)
  const formKey = String(form.get('formKey') || newId())
  try {
    const { contract } = read
    const id = await attachSource(context, actor, { cycleId, formKey, contract, connectionId, continuesId })
    return redirect(`/ejercicios/${cycleId}/fuentes/${id}${connectionId ? '/conexion' : ''}`)
  } catch (failure) {
    const { code, sentence } = shownRefusal(failure, actor)
    if (code !== 'body_differs') throw failure
    return invalid([{ field: 'name', message: sentence }], { ...contractValues(form), ...typed, formKey: newId() })
  }
}

export default function NewSource() {
  const page = useLoaderData<typeof loader>()
  const { cycleId, cycleName, whyNot, agencies, connections, formKey, options, continued } = page
  const [search] = useSearchParams()
  const answer = useActionData<typeof action>()
  const list = `/ejercicios/${cycleId}/fuentes`
  return (
    <>
      <CycleCrumbs
        cycle={{ id: cycleId, name: cycleName }}
        crumbs={[{ label: sourcesText.title, to: list }, { label: contractText.newTitle }]}
      />
      <PageHeader title={contractText.newTitle} state={whyNot ?? contractText.newState} />
      <VStack gap="space-24">
        {continued && (
          <Alert variant="info" className="reading">
            {continuityText.prefilled(continued)}
          </Alert>
        )}
        {whyNot === null && (
          <ContractForm
            key={continued?.id}
            values={answer?.values ?? page.values}
            agencies={agencies}
            errors={answer?.errors}
            formKey={answer?.values.formKey || formKey}
            continued={{ options, chosen: answer?.values.continua ?? continued?.id ?? '' }}
            connections={
              connections
                ? {
                    options: connections,
                    chosen: answer?.values.conexion ?? search.get('conexion') ?? continued?.connectionId ?? '',
                    defineTo: `/conexiones/nueva?ejercicio=${cycleId}`,
                  }
                : undefined
            }
            submit={contractText.saveNew}
            cancelTo={list}
          />
        )}
      </VStack>
    </>
  )
}
