import { Alert, Heading, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { readInput } from '../../../domain/input-reading.ts'
import { ReopeningInput } from '../../../domain/inputs.ts'
import { withdrawStep } from '../../commands/submit-step.server.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { ReasonForm } from '../../components/reason-form.tsx'
import { StepCrumbs } from '../../components/step/step-crumbs.tsx'
import { requireStepHead } from '../../pages/step-head.server.ts'
import { requireId, requireStepCode } from '../../params.server.ts'
import { readAgainAfterNo } from '../../read-again.ts'
import { shownRefusal } from '../../refusal.server.ts'
import { requireActor } from '../../session.server.ts'
import { inputErrors } from '../../text/inputs.ts'
import { shellText } from '../../text/shell.ts'
import { withdrawText } from '../../text/steps.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  return [{ title: shellText.title(withdrawText.title(page?.code ?? '')) }]
}

export const shouldRevalidate = readAgainAfterNo

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const code = requireStepCode(params.paso, context)
  return await withActor(context.db, actor, (trx) => requireStepHead(trx, actor, cycleId, code, context))
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const stepCode = requireStepCode(params.paso, context)
  const form = await request.formData()
  const reason = String(form.get('motivo') ?? '')
  const versionId = requireId(String(form.get('version') ?? ''), context)
  const read = readInput(ReopeningInput, { cycleId, stepCode, reason })
  if (!read.ok) {
    return data({ errors: inputErrors(read.errors, () => 'motivo'), reason }, { status: 422 })
  }
  try {
    const { actId } = await withdrawStep(context, actor, { ...read.input, versionId })
    return redirect(`/ejercicios/${cycleId}/actos/${actId}`)
  } catch (failure) {
    const refusal = shownRefusal(failure, actor)
    return data({ refusal: refusal.sentence, reason }, { status: refusal.status })
  }
}

export default function Withdraw() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const back = page.base
  return (
    <>
      <StepCrumbs cycle={page.cycle} code={page.code} here={withdrawText.crumb} />
      <VStack gap="space-24" className="reading">
        <PageHeader title={withdrawText.title(page.code)} state={withdrawText.state} />
        {page.rights.withdraw.may || answer ? (
          <ReasonForm
            label={withdrawText.reason}
            hidden={{ version: page.version?.id ?? '' }}
            answer={answer}
            verdicts={[{ value: 'withdraw', words: withdrawText.submit }]}
            back={{ to: back }}
          >
            <section className="card" aria-labelledby="efectos">
              <Heading level="2" size="xsmall" id="efectos" spacing>
                {withdrawText.effects}
              </Heading>
              <ul>
                {withdrawText.effectList.map((effect) => (
                  <li key={effect}>{effect}</li>
                ))}
              </ul>
            </section>
          </ReasonForm>
        ) : (
          <Alert variant="info">{`${withdrawText.notAllowed}. ${page.rights.withdraw.whyNot}`}</Alert>
        )}
      </VStack>
    </>
  )
}
