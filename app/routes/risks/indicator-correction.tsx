import { Alert, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { IndicatorFields } from '../../components/risks/indicator-fields.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { actOnCorrection, loadCorrection } from '../../pages/indicator-versions.server.ts'
import { requireActor } from '../../session.server.ts'
import { indicatorText as words } from '../../text/risk-follow.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.correct) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  return await loadCorrection(context, await requireActor(request, context), params.indicador ?? '')
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnCorrection(context, actor, params.indicador ?? '', await request.formData())
}

/** The sheet of an indicator with what stands in it, and why it is corrected. */
export default function CorrectIndicator() {
  const { code, owners, formKey, version, initial, whyNot } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const to = `/riesgos/indicadores/${code}`
  return (
    <>
      <RiskCrumbs crumbs={[{ label: words.title(code), to }, { label: words.correct }]} />
      <VStack gap="space-24" className="reading">
        <PageHeader title={words.correctTitle(code)} state={words.correctIntro} />
        {whyNot ? (
          <Alert variant="info">{whyNot}</Alert>
        ) : (
          <AdminForm
            code="indicador"
            answer={answer}
            submit={words.saveCorrection}
            hidden={{ formKey, readVersion: String(version) }}
            cancelTo={to}
          >
            <IndicatorFields answer={answer} owners={owners} initial={initial} />
          </AdminForm>
        )}
      </VStack>
    </>
  )
}
