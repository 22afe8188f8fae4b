import { Alert, Textarea, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { RiskFields } from '../../components/risks/risk-fields.tsx'
import { actOnReassessment, loadReassessment } from '../../pages/risk-actions.server.ts'
import { requireActor } from '../../session.server.ts'
import { moveText } from '../../text/risk-moves.ts'
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

/** A risk rated anew: what was said before stands beside it, and why it changes is asked. */
export default function Reassessment() {
  const { code, choices, owners, formKey, read, initial, whyNot, otherChosen } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const title = words.reassessTitle(code)
  const to = `/riesgos/${code}`
  return (
    <>
      <RiskCrumbs risk={code} crumbs={[{ label: riskText.reassess }]} />
      <VStack gap="space-24" className="reading">
        <PageHeader title={title} state={words.reassessIntro} />
        {whyNot ? (
          <Alert variant="info">{whyNot}</Alert>
        ) : otherChosen !== null ? (
          <Alert variant="warning">
            {moveText.otherChosen(otherChosen)}{' '}
            <Link className="row-link" to={`${to}/traslado`}>
              {moveText.link}
            </Link>
          </Alert>
        ) : (
          <AdminForm code="riesgo" answer={answer} submit={words.submitAgain} hidden={{ formKey, read }} cancelTo={to}>
            <RiskFields answer={answer} owners={owners} choices={choices} initial={initial} />
            <Textarea {...fieldsOf('riesgo', answer)('reason')} label={words.reason} minRows={2} maxRows={8} />
          </AdminForm>
        )}
      </VStack>
    </>
  )
}
