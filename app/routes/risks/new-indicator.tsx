import { Alert, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { IndicatorFields } from '../../components/risks/indicator-fields.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { actOnNewIndicator, loadNewIndicator } from '../../pages/risk-indicator.server.ts'
import { requireActor } from '../../session.server.ts'
import { riskFollowText, indicatorText as words } from '../../text/risk-follow.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(riskFollowText.addIndicator) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  return await loadNewIndicator(context, await requireActor(request, context), params.codigo ?? '')
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnNewIndicator(context, actor, params.codigo ?? '', await request.formData())
}

export default function NewIndicator() {
  const { code, owners, formKey, whyNot } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const to = `/riesgos/${code}`
  const crumbs = [{ label: riskFollowText.title, to: `${to}/seguimiento` }, { label: riskFollowText.addIndicator }]
  return (
    <>
      <RiskCrumbs risk={code} crumbs={crumbs} />
      <VStack gap="space-24" className="reading">
        <PageHeader title={words.newTitle(code)} state={words.newIntro} />
        {whyNot ? (
          <Alert variant="info">{whyNot}</Alert>
        ) : (
          <AdminForm
            code="indicador"
            answer={answer}
            submit={words.add}
            hidden={{ formKey }}
            cancelTo={`${to}/seguimiento`}
          >
            <IndicatorFields answer={answer} owners={owners} />
          </AdminForm>
        )}
      </VStack>
    </>
  )
}
