import { Alert, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { FindingFields } from '../../components/improvement/finding-fields.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { actOnNewFinding, loadNewFinding } from '../../pages/finding.server.ts'
import { requireActor } from '../../session.server.ts'
import { newFindingText as words } from '../../text/findings.ts'
import { improvementText } from '../../text/improvement.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return await loadNewFinding(context, await requireActor(request, context), new URL(request.url).searchParams)
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnNewFinding(context, actor, await request.formData())
}

/** A finding, which asks whoever answers for it to say why it happened and what is done. */
export default function NewFinding() {
  const { owners, origins, whyNot, findingId, risk, risks, paper } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <Breadcrumbs crumbs={[{ label: improvementText.title, to: '/mejora' }, { label: words.title }]} />
      <VStack gap="space-24" className="reading">
        <PageHeader title={words.title} state={words.state} />
        {whyNot ? (
          <Alert variant="info">{whyNot}</Alert>
        ) : (
          <AdminForm
            code="hallazgo"
            answer={answer}
            submit={words.submit}
            hidden={{ findingId, ...(paper && { muestra: paper.place.code, elemento: String(paper.place.ordinal) }) }}
            cancelTo={returnOf(risk, paper)}
          >
            <FindingFields answer={answer} {...{ owners, origins, risk, risks }} begin={paper?.fields} />
          </AdminForm>
        )}
      </VStack>
    </>
  )
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

/** Where whoever gives up goes back to. */
function returnOf(risk: Page['risk'], paper: Page['paper']): string {
  if (paper) return `/auditoria/muestras/${paper.place.code}/${paper.place.ordinal}`
  return risk ? `/riesgos/${risk.code}/seguimiento` : '/mejora'
}
