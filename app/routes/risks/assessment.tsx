import { Alert, Textarea, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { fieldsOf } from '../../components/form-fields.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { FormPart } from '../../components/risks/form-part.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { RiskForm } from '../../components/risks/risk-form.tsx'
import { actOnReassessment, loadReassessment } from '../../pages/risk-forms.server.ts'
import { requireActor } from '../../session.server.ts'
import { moveText } from '../../text/risk-moves.ts'
import { riskReviewText } from '../../text/risk-review.ts'
import { riskText, riskFormText as words } from '../../text/risks.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(riskText.reassess) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  return await loadReassessment(context, await requireActor(request, context), params.codigo ?? '')
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnReassessment(context, actor, params.codigo ?? '', await request.formData())
}

/** A risk rated anew: what was said before stands in its fields, and why it changes is asked. */
export default function Reassessment() {
  const { code, choices, owners, formKey, read, initial, whyNot, otherChosen } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const title = words.reassessTitle(code)
  const to = `/riesgos/${code}`
  return (
    <>
      <RiskCrumbs risk={code} crumbs={[{ label: riskText.reassess }]} />
      {whyNot || otherChosen !== null ? (
        <VStack gap="space-24" className="reading">
          <PageHeader title={title} />
          {whyNot ? (
            <Alert variant="info">{whyNot}</Alert>
          ) : (
            <Alert variant="warning">
              {moveText.otherChosen(otherChosen ?? '')}{' '}
              <Link className="row-link" to={`${to}/traslado`}>
                {moveText.link}
              </Link>
            </Alert>
          )}
        </VStack>
      ) : (
        <RiskForm
          {...{ answer, owners, choices, initial, title }}
          reviewTitle={riskReviewText.titleAgain(code)}
          state={words.reassessIntro}
          submit={riskReviewText.submitAgain}
          hidden={{ formKey, read }}
          cancelTo={to}
          more={
            <FormPart title={words.againTitle}>
              <Textarea {...fieldsOf('riesgo', answer)('reason')} label={words.labels.reason} minRows={2} maxRows={8} />
            </FormPart>
          }
        />
      )}
    </>
  )
}
