import { Alert, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { SampleFields } from '../../components/audit/sample-fields.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { actOnNewSample, loadNewSample } from '../../pages/audit-samples.server.ts'
import { requireActor } from '../../session.server.ts'
import { auditText } from '../../text/audit.ts'
import { samplesText, newSampleText as words } from '../../text/audit-samples.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return loadNewSample(await requireActor(request, context))
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnNewSample(context, actor, await request.formData())
}

/** What is sampled, how, and with which seed. */
export default function NewSample() {
  const { whyNot, sampleId, ...initial } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const crumbs = [
    { label: auditText.title, to: '/auditoria' },
    { label: samplesText.title, to: '/auditoria/muestras' },
    { label: words.title },
  ]
  return (
    <>
      <Breadcrumbs crumbs={crumbs} />
      <VStack gap="space-24" className="reading">
        <PageHeader title={words.title} state={words.state} />
        {whyNot ? (
          <Alert variant="info">{whyNot}</Alert>
        ) : (
          <AdminForm
            code="muestra"
            answer={answer}
            submit={words.submit}
            hidden={{ sampleId }}
            cancelTo="/auditoria/muestras"
          >
            <SampleFields answer={answer} initial={initial} />
          </AdminForm>
        )}
      </VStack>
    </>
  )
}
