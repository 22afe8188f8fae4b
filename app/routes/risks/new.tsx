import { Alert, BodyLong, Button, Select, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { errorOf } from '../../components/form-errors.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { RiskForm } from '../../components/risks/risk-form.tsx'
import { actOnNewRisk, loadNewRisk } from '../../pages/risk-forms.server.ts'
import { requireActor } from '../../session.server.ts'
import { riskReviewText } from '../../text/risk-review.ts'
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

/** First what kind of risk, since its fields follow from that; then what it is and what it weighs; then how that reads. */
export default function NewRisk() {
  const { choices, owners, others, formKey, whyNot } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <RiskCrumbs crumbs={[{ label: words.newTitle }]} />
      {choices && !whyNot ? (
        <RiskForm
          key={choices.typologyName}
          {...{ answer, owners, choices, others }}
          title={words.newTitle}
          reviewTitle={riskReviewText.title}
          state={words.of(choices.typologyName, choices.methodologyName)}
          submit={riskReviewText.submit}
          hidden={{ formKey }}
          cancelTo="/riesgos"
        />
      ) : (
        <VStack gap="space-24" className="reading">
          <PageHeader title={words.newTitle} state={words.newIntro} />
          {whyNot ? <Alert variant="info">{whyNot}</Alert> : <Kind error={errorOf(answer?.errors, 'tipo')} />}
        </VStack>
      )}
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
