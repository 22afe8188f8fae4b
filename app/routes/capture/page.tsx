import { Button, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { PageForm } from '../../components/capture/page-form.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { formAt, loadCapturePage } from '../../pages/capture.server.ts'
import { actOnCapturePage } from '../../pages/capture-actions.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { captureText, FORM_ADDRESSES, formName, stepTitle, pageText as words } from '../../text/capture.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? stepTitle(data.step, data.steps, data.page.title) : captureText.title) },
]

function askedIn({ params, context }: Pick<LoaderFunctionArgs, 'params' | 'context'>) {
  return {
    form: formAt(params.formulario, context),
    draftId: requireId(params.borrador, context),
    page: params.pagina ?? '',
  }
}

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadCapturePage(context, actor, askedIn({ params, context }))
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnCapturePage(request, context, actor, askedIn({ params, context }))
}

/** One group of questions (experience 12). */
export default function CapturePageRoute() {
  const { form, page, step, steps, savedAt, draftId, isCorrection: _, ...rest } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <VStack gap="space-24" className="reading">
      <div>
        <Breadcrumbs crumbs={[{ label: captureText.title, to: '/captura' }, { label: formName[form] }]} />
        <PageHeader title={stepTitle(step, steps, page.title)} state={page.help} />
      </div>
      <PageForm
        key={`${draftId} ${page.code}`}
        page={page}
        address={`/captura/${FORM_ADDRESSES[form]}/${draftId}/${page.code}/escrito`}
        answer={answer}
        {...rest}
      />
      <p className="quiet">{words.saved(savedAt)}</p>
      <details className="no-print quiet-details">
        <summary>{words.drop}</summary>
        <p>{words.dropHelp}</p>
        <Form method="post">
          <Button type="submit" name="ir" value="descartar" variant="secondary" size="small" data-color="danger">
            {words.drop}
          </Button>
        </Form>
      </details>
    </VStack>
  )
}
