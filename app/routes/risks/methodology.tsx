import { Alert, BodyLong, Button, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { MethodologyTables } from '../../components/risks/methodology-tables.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { actOnMethodology, loadMethodology } from '../../pages/methodologies.server.ts'
import { requireActor } from '../../session.server.ts'
import { methodologiesText, methodologyText as words } from '../../text/methodologies.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: shellText.title(data?.title ?? '') }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  return await loadMethodology(context, await requireActor(request, context), params.metodologia ?? '')
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  return await actOnMethodology(context, await requireActor(request, context), params.metodologia ?? '')
}

/** One version of a methodology as it stands for ever, and the way to a copy of it. */
export default function MethodologyPage() {
  const { title, source, version, code, isBeingCopied, whyNot, ...shown } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <VStack gap="space-32">
      <div>
        <RiskCrumbs crumbs={[{ label: methodologiesText.title, to: '/riesgos/metodologias' }, { label: title }]} />
        <PageHeader
          title={title}
          state={version ? words.published(version.n, version.position, version.day) : words.shipped(source)}
        />
        <DoneNotice sentences={words.done} />
      </div>
      {version && (
        <BodyLong className="reading">
          {words.reason}: {version.reason}
        </BodyLong>
      )}
      {whyNot ? (
        <Alert variant="info">{whyNot}</Alert>
      ) : isBeingCopied ? (
        <div>
          <Button as={Link} to={`/riesgos/metodologias/${code}/copia`} variant="secondary">
            {words.copyOpen}
          </Button>
        </div>
      ) : (
        <AdminForm code="copiar" answer={answer} submit={words.copy} secondary>
          {null}
        </AdminForm>
      )}
      <MethodologyTables shown={shown} />
    </VStack>
  )
}
