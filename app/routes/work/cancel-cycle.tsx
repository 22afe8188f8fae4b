import { Alert, Heading, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { findCycleHead } from '../../../db/cycle-pages.ts'
import { findCycle } from '../../../db/cycles.ts'
import { readInput } from '../../../domain/input-reading.ts'
import { CancellationInput } from '../../../domain/inputs.ts'
import { notFound } from '../../answer.server.ts'
import { cancelCycle } from '../../commands/cancel-cycle.server.ts'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ReasonForm } from '../../components/reason-form.tsx'
import { requireId } from '../../params.server.ts'
import { provedBy } from '../../prove.server.ts'
import { shownRefusal } from '../../refusal.server.ts'
import { isProofRecent, requireActor } from '../../session.server.ts'
import { cancelRight } from '../../step-rights.server.ts'
import { cancelText } from '../../text/cycles.ts'
import { inputErrors } from '../../text/inputs.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(cancelText.title) }]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const page = await withActor(context.db, actor, async (trx) => {
    const head = await findCycleHead(trx, cycleId)
    const cycle = await findCycle(trx, cycleId)
    if (!head || !cycle) return undefined
    const open = cycle.state.steps.filter((step) => step.status !== 'approved').map((step) => step.code)
    return { head: { id: head.id, name: head.name }, open, right: cancelRight(actor, cycle) }
  })
  if (!page) throw notFound(context.requestId)
  return { ...page, asksPassword: !isProofRecent(actor) }
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const form = await request.formData()
  const reason = String(form.get('motivo') ?? '')
  const read = readInput(CancellationInput, { cycleId, reason })
  if (!read.ok) {
    return data({ errors: inputErrors(read.errors, () => 'motivo'), reason }, { status: 422 })
  }
  const proof = await provedBy(request, context, actor, form)
  if (!proof.ok) return data({ errors: [{ field: 'clave', message: proof.message }], reason }, { status: 422 })
  try {
    const { actId } = await cancelCycle(context, proof.actor, read.input)
    return redirect(`/ejercicios/${cycleId}/actos/${actId}`)
  } catch (failure) {
    const refusal = shownRefusal(failure, actor)
    return data({ refusal: refusal.sentence, reason }, { status: refusal.status })
  }
}

export default function CancelCycle() {
  const { head, open, right, asksPassword } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const back = `/ejercicios/${head.id}`
  return (
    <>
      <CycleCrumbs cycle={head} crumbs={[{ label: cancelText.title }]} />
      <VStack gap="space-24" className="reading">
        <PageHeader title={cancelText.title} state={cancelText.state} />
        {right.may || answer ? (
          <ReasonForm
            label={cancelText.reason}
            answer={answer}
            asksPassword={asksPassword}
            verdicts={[{ value: 'cancel', words: cancelText.submit, danger: true }]}
            back={{ to: back, words: cancelText.back }}
          >
            <section className="card" aria-labelledby="efectos">
              <Heading level="2" size="xsmall" id="efectos" spacing>
                {cancelText.effects}
              </Heading>
              <ul>
                {open.length > 0 && <li>{cancelText.openSteps(open)}</li>}
                {cancelText.effectList.map((effect) => (
                  <li key={effect}>{effect}</li>
                ))}
              </ul>
            </section>
          </ReasonForm>
        ) : (
          <Alert variant="info">{`${cancelText.notAllowed}. ${right.whyNot}`}</Alert>
        )}
      </VStack>
    </>
  )
}
