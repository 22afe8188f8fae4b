import { Alert, BodyLong, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AttendanceForm } from '../../components/coverage/attendance-form.tsx'
import { Lines, Points } from '../../components/coverage/coverage-tables.tsx'
import { Desks } from '../../components/coverage/desks.tsx'
import { Printed, Sentences } from '../../components/coverage/printed.tsx'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FormErrors } from '../../components/form-errors.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { loadCoverage } from '../../pages/coverage.server.ts'
import { keepAttendance } from '../../pages/coverage-actions.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { coverageText } from '../../text/coverage.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(coverageText.title) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const source = new URL(request.url).searchParams.get('fuente') ?? ''
  return await loadCoverage(context, actor, requireId(params.ejercicio, context), source)
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const answer = await keepAttendance(context, actor, request, requireId(params.ejercicio, context))
  return data(answer, { status: answer.errors.length > 0 ? 422 : 200 })
}

export default function CoveragePage() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { cycleId, cycleName, coverage, anomalies, recorded } = page
  const under = coverage?.points.filter(({ isUnder }) => isUnder).length ?? 0
  return (
    <VStack gap="space-32">
      <div>
        <CycleCrumbs cycle={{ id: cycleId, name: cycleName }} crumbs={[{ label: coverageText.title }]} />
        <PageHeader title={coverageText.title} state={coverageText.intro} />
      </div>
      <FormErrors errors={answer?.errors} />
      {answer?.saved && (
        <Alert variant={answer.saved === 'recorded' ? 'success' : 'info'} role="status" className="reading">
          {answer.saved === 'recorded' ? coverageText.saved : coverageText.same}
        </Alert>
      )}
      {under > 0 && (
        <Alert variant="warning" className="reading">
          {coverageText.alert(under)}
        </Alert>
      )}
      {coverage ? (
        <>
          {recorded && <BodyLong className="quiet">{recorded.words}</BodyLong>}
          <Points coverage={coverage} />
          <Lines coverage={coverage} />
        </>
      ) : (
        <EmptyState title={coverageText.none}>{coverageText.noneWhy}</EmptyState>
      )}
      {page.desks.length > 0 && <Desks lines={page.desks} />}
      {anomalies.length > 0 && <Sentences id="no-cuadra" title={coverageText.anomalies} sentences={anomalies} />}
      <Printed paragraph={page.paragraph} caveats={page.caveats} />
      <AttendanceForm page={page} typed={answer?.errors.length ? answer.typed : undefined} errors={answer?.errors} />
    </VStack>
  )
}
