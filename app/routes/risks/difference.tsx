import { Alert, BodyLong, Textarea, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { type Answer, fieldsOf } from '../../components/form-fields.tsx'
import { NotTaken } from '../../components/not-taken.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { VIOLATION_COLUMNS, violationKey } from '../../components/risks/violations.tsx'
import { actOnDifference, loadDifference } from '../../pages/difference.server.ts'
import { requireActor } from '../../session.server.ts'
import { checksText, controlAddress, controlsText } from '../../text/automatic-checks.ts'
import { differenceText as words } from '../../text/differences.ts'
import { formatInstant } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const difference = new URL(request.url).searchParams.get('diferencia') ?? ''
  return await loadDifference(context, actor, params.control ?? '', difference)
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnDifference(context, actor, params.control ?? '', await request.formData())
}

/** What cannot be undone, and the form by which somebody answers for it, or who did. */
export default function DifferencePage() {
  const page = useLoaderData<typeof loader>()
  const { control, violations, found, explained } = page
  const answer = useActionData<typeof action>()
  const forms = page.mayExplain && !page.whyNot ? ['explicar'] : []
  const { name } = controlsText[control]
  return (
    <VStack gap="space-32">
      <div>
        <RiskCrumbs
          crumbs={[
            { label: checksText.title, to: '/riesgos/autocontroles' },
            { label: name, to: controlAddress(control) },
            { label: words.title },
          ]}
        />
        <PageHeader title={words.title} state={name} />
      </div>
      <NotTaken answer={answer} forms={forms} written={['note']} />
      {violations.length === 0 ? (
        <EmptyState title={words.goneTitle}>{words.gone}</EmptyState>
      ) : (
        <>
          <BodyLong className="reading">{words.intro}</BodyLong>
          <DataTable caption={words.caption} columns={VIOLATION_COLUMNS} rows={violations} rowKey={violationKey} />
          {found > 1 && <p>{words.all(found, violations.length)}</p>}
        </>
      )}
      {explained && (
        <Facts
          facts={[
            [words.columns.who, `${explained.person}, ${explained.position}`],
            [words.columns.when, formatInstant(explained.at)],
            [words.columns.note, explained.note],
          ]}
        />
      )}
      {page.mayExplain && <Explain page={page} answer={answer} />}
    </VStack>
  )
}

function Explain({
  page,
  answer,
}: {
  page: ReturnType<typeof useLoaderData<typeof loader>>
  answer: Answer | undefined
}) {
  const { formKey, difference, whyNot } = page
  const field = fieldsOf('explicar', answer)
  if (whyNot) return <Alert variant="info">{whyNot}</Alert>
  return (
    <AdminForm code="explicar" answer={answer} submit={words.submit} hidden={{ formKey, difference }}>
      <Textarea {...field('note')} label={words.note} description={words.noteHelp} minRows={4} maxRows={12} />
    </AdminForm>
  )
}
