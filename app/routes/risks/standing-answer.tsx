import { Alert, Textarea, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { NotTaken } from '../../components/not-taken.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { actOnStandingAnswer, loadStandingAnswer } from '../../pages/control-actions.server.ts'
import { readAgainAfterNo } from '../../read-again.ts'
import { requireActor } from '../../session.server.ts'
import { shellText } from '../../text/shell.ts'
import { riseText as words } from '../../text/standing-moves.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(words.answerTitle(data?.code ?? '')) },
]

/** Somebody else was faster: the page shows what stands now. */
export const shouldRevalidate = readAgainAfterNo

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  return await loadStandingAnswer(context, await requireActor(request, context), params.codigo ?? '')
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnStandingAnswer(context, actor, params.codigo ?? '', await request.formData())
}

/** What whoever answers for a risk will do, since what is demonstrated of its controls is less. */
export default function StandingAnswer() {
  const { code, alert, whyNot } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const field = fieldsOf('respuesta', answer)
  const to = `/riesgos/${code}`
  return (
    <>
      <RiskCrumbs risk={code} crumbs={[{ label: words.crumb }]} />
      <VStack gap="space-24" className="reading">
        <PageHeader title={words.answerTitle(code)} state={alert?.line} />
        <NotTaken answer={answer} forms={alert && !whyNot ? ['respuesta'] : []} written={['answer']} />
        {!alert || whyNot ? (
          <Alert variant="info">{whyNot ?? words.over}</Alert>
        ) : (
          <AdminForm
            code="respuesta"
            answer={answer}
            submit={words.submit}
            hidden={{ alertId: alert.id }}
            cancelTo={to}
          >
            <Textarea
              {...field('answer')}
              label={words.answer}
              description={words.answerHelp}
              minRows={3}
              maxRows={10}
            />
          </AdminForm>
        )}
      </VStack>
    </>
  )
}
