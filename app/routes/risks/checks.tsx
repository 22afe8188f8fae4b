import { VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { ChecksProgress, RunChecks } from '../../components/risks/run-checks.tsx'
import { ControlChip } from '../../components/state-chip.tsx'
import { useReload } from '../../components/use-reload.ts'
import { actOnChecks, loadChecks } from '../../pages/checks.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { controlAddress, controlsText, checksText as words } from '../../text/automatic-checks.ts'
import { formatInstant } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return await loadChecks(context, await requireActor(request, context))
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const formKey = requireId(String((await request.formData()).get('formKey') ?? ''), context)
  return await actOnChecks(context, actor, formKey)
}

type Line = ReturnType<typeof useLoaderData<typeof loader>>['controls'][number]

/** The controls the product runs on itself, each with its last result. */
export default function Checks() {
  const { controls, progress, formKey, whyNot } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  useReload(progress !== null)
  return (
    <VStack gap="space-24">
      <div>
        <RiskCrumbs crumbs={[{ label: words.title }]} />
        <PageHeader
          title={words.title}
          state={`${words.intro} ${stateOf(controls)}`}
          action={<RunChecks formKey={formKey} progress={progress} whyNot={whyNot} label={words.runAll} />}
        />
        <DoneNotice sentences={progress ? words.done : {}} />
      </div>
      <ChecksProgress progress={progress} answer={answer} />
      <DataTable caption={words.caption} columns={COLUMNS} rows={controls} rowKey={(row) => row.control} />
      <ListFiles list="automatic_checks" />
    </VStack>
  )
}

function stateOf(controls: Line[]): string {
  if (controls.every(({ lastAt }) => lastAt === null)) return words.noneRun
  const red = controls.filter(({ openSince }) => openSince !== null).length
  if (red > 0) return words.someRed(red)
  return controls.every(({ lastAt }) => lastAt !== null) ? words.allGreen : words.someNever
}

const COLUMNS: Column<Line>[] = [
  {
    key: 'name',
    header: words.columns.name,
    rowHeader: true,
    cell: ({ control }) => (
      <Link className="row-link" to={controlAddress(control)}>
        {controlsText[control].name}
      </Link>
    ),
  },
  { key: 'state', header: words.columns.state, cell: ({ state }) => <ControlChip state={state} /> },
  {
    key: 'last',
    header: words.columns.last,
    cell: ({ lastAt }) => (lastAt === null ? words.never : formatInstant(lastAt)),
  },
  {
    key: 'looked',
    header: words.columns.looked,
    cell: ({ control, lookedAt }) => (lookedAt === null ? '' : words.looked(lookedAt, controlsText[control].looked)),
  },
  {
    key: 'incident',
    header: words.columns.incident,
    cell: ({ openSince }) => (openSince === null ? words.noIncident : words.openSince(formatInstant(openSince))),
  },
  { key: 'severity', header: words.columns.severity, cell: ({ severity }) => words.severities[severity] },
]
