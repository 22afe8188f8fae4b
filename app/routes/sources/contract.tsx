import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { listAgencyOptions } from '../../../db/agencies.ts'
import { withActor } from '../../../db/client.ts'
import { findSource } from '../../../db/sources.ts'
import { invalid, notFound } from '../../answer.server.ts'
import { changeSource } from '../../commands/change-source.server.ts'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ContractForm } from '../../components/sources/contract-form.tsx'
import { sourcesFrame } from '../../pages/source.server.ts'
import { readContract } from '../../pages/source-forms.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { shellText } from '../../text/shell.ts'
import { contractText, sourcesText } from '../../text/sources.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(contractText.editTitle) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await withActor(context.db, actor, async (trx) => {
    const { cycle: _, ...frame } = await sourcesFrame(trx, actor, requireId(params.ejercicio, context))
    const source = await findSource(trx, frame.cycleId, requireId(params.fuente, context))
    if (!source) throw notFound(context.requestId)
    const { name, legalBasis, sensitivity, periodFrom, periodTo } = source
    const rest = {
      ownerAgency: source.ownerAgencyId ?? '',
      periodicity: source.periodicity ?? '',
      personKey: source.personKey ?? '',
      demoNote: source.demoNote ?? '',
    }
    const values = { name, legalBasis, sensitivity, periodFrom, periodTo, ...rest }
    return { ...frame, sourceId: source.id, values, agencies: await listAgencyOptions(trx, actor.entityId) }
  })
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const [cycleId, sourceId] = [requireId(params.ejercicio, context), requireId(params.fuente, context)]
  const read = readContract(
    await request.formData(),
    await withActor(context.db, actor, (trx) => listAgencyOptions(trx, actor.entityId)),
  )
  if (!read.ok) return invalid(read.errors, read.values)
  await changeSource(context, actor, { cycleId, sourceId, contract: read.contract })
  return redirect(`/ejercicios/${cycleId}/fuentes/${sourceId}`)
}

export default function SourceContractPage() {
  const { cycleId, cycleName, sourceId, whyNot, values, agencies } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const list = `/ejercicios/${cycleId}/fuentes`
  return (
    <>
      <CycleCrumbs
        cycle={{ id: cycleId, name: cycleName }}
        crumbs={[
          { label: sourcesText.title, to: list },
          { label: values.name, to: `${list}/${sourceId}` },
          { label: contractText.editTitle },
        ]}
      />
      <PageHeader title={contractText.editTitle} state={whyNot ?? contractText.editState} />
      {whyNot === null && (
        <ContractForm
          values={answer?.values ?? values}
          agencies={agencies}
          errors={answer?.errors}
          submit={contractText.save}
          cancelTo={`${list}/${sourceId}`}
        />
      )}
    </>
  )
}
