import { Alert, BodyLong, Button, Select, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { errorOf } from '../../components/form-errors.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { RiskFields } from '../../components/risks/risk-fields.tsx'
import { actOnNewRisk, loadNewRisk } from '../../pages/risk-actions.server.ts'
import { requireActor } from '../../session.server.ts'
import { riskFormText as words } from '../../text/risks.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.newTitle) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadNewRisk(context, actor, new URL(request.url).searchParams)
}

export async function action({ request, context }: ActionFunctionArgs) {
  return await actOnNewRisk(context, await requireActor(request, context), request)
}

/** First what kind of risk, since its fields follow from that; then what it is and what it weighs. */
export default function NewRisk() {
  const { choices, owners, formKey, whyNot } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <RiskCrumbs crumbs={[{ label: words.newTitle }]} />
      <VStack gap="space-24" className="reading">
        <PageHeader
          title={words.newTitle}
          state={choices ? `${choices.typologyName} · ${choices.methodologyName}` : words.newIntro}
        />
        {whyNot ? (
          <Alert variant="info">{whyNot}</Alert>
        ) : choices ? (
          <AdminForm code="riesgo" answer={answer} submit={words.submit} hidden={{ formKey }} cancelTo="/riesgos">
            <RiskFields answer={answer} owners={owners} choices={choices} />
          </AdminForm>
        ) : (
          <Kind error={errorOf(answer?.errors, 'tipo')} />
        )}
      </VStack>
    </>
  )
}

function Kind({ error }: { error: string | undefined }) {
  const { kinds, isUnknown } = useLoaderData<typeof loader>()
  return (
    <Form method="get">
      <VStack gap="space-20">
        <BodyLong>{words.chooseTitle}</BodyLong>
        <Select name="tipo" label={words.kind} id="tipo" error={error ?? (isUnknown && words.kindMissing)}>
          {kinds.map(({ code, name, methodology }) => (
            <option key={code} value={code}>
              {words.kindOf(name, methodology)}
            </option>
          ))}
        </Select>
        <div>
          <Button type="submit">{words.choose}</Button>
        </div>
      </VStack>
    </Form>
  )
}
