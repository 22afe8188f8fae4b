import { Alert, BodyShort, Button, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { CaptureAnswers } from '../../components/capture/answers.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { formAt, loadReview } from '../../pages/capture.server.ts'
import { actOnReview } from '../../pages/capture-actions.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { captureText, FORM_ADDRESSES, formName, stepTitle, reviewText as words } from '../../text/capture.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? stepTitle(data.step, data.step, words.title) : captureText.title) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const form = formAt(params.formulario, context)
  return await loadReview(context, actor, { form, draftId: requireId(params.borrador, context) })
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnReview(context, actor, requireId(params.borrador, context))
}

/** Everything that was answered, each with «Cambiar» (experience 13). */
export default function Review() {
  const { form, draftId, step, isCorrection, pages, missing, authorised } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()?.refused
  const busy = useNavigation().state === 'submitting'
  const at = (page: string) => `/captura/${FORM_ADDRESSES[form]}/${draftId}/${page}`
  return (
    <VStack gap="space-24" className="reading">
      <div>
        <Breadcrumbs crumbs={[{ label: captureText.title, to: '/captura' }, { label: formName[form] }]} />
        <PageHeader
          title={stepTitle(step, step, words.title)}
          state={isCorrection ? words.stateCorrection : words.state}
        />
        {refused && (
          <Alert variant="warning" role="alert">
            {refused.sentence}{' '}
            {refused.recordId && <Link to={`/captura/registros/${refused.recordId}`}>{words.existing}</Link>}
            {refused.page && <Link to={at(refused.page)}>{words.complete}</Link>}
          </Alert>
        )}
      </div>
      <BodyShort>
        {words.authorised}: {authorised.join(', ')}.
      </BodyShort>
      <CaptureAnswers pages={pages} changeAt={at} />
      {missing ? (
        <div>
          <Alert variant="info">
            {words.unfinished} <Link to={at(missing)}>{words.complete}</Link>
          </Alert>
        </div>
      ) : (
        <Form method="post">
          <Button type="submit" loading={busy}>
            {isCorrection ? words.submitCorrection : words.submit}
          </Button>
        </Form>
      )}
    </VStack>
  )
}
