import { BodyShort, Button, HStack, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { appToday } from '../../../db/clock.ts'
import { listCycles, listVigencias } from '../../../db/cycle-pages.ts'
import { listProcedures, requireProcedureVersion } from '../../../db/procedures.ts'
import { entityCalendar } from '../../../db/terms.ts'
import { cycleRow } from '../../../domain/permission-rows.ts'
import { whyNot } from '../../../domain/permissions.ts'
import { workingDaysLeft } from '../../../domain/terms.ts'
import { permitted } from '../../commands/permitted.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { ChipLinks } from '../../components/chip-links.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { CycleChip } from '../../components/state-chip.tsx'
import { readsDisposals } from '../../pages/disposals.server.ts'
import { vigenciaIn } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { cyclesText } from '../../text/cycles.ts'
import { shellText } from '../../text/shell.ts'
import { stepStateText } from '../../text/states.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(cyclesText.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const { searchParams } = new URL(request.url)
  const vigencia = vigenciaIn(searchParams)
  return await withActor(context.db, actor, async (trx) => {
    const { rows, next } = await listCycles(trx, { ...(vigencia && { vigencia }), cursor: searchParams.get('desde') })
    const calendar = await entityCalendar(trx, actor.entityId)
    const adopted = (await listProcedures(trx, actor.entityId))[0]
    const version = adopted && (await requireProcedureVersion(trx, adopted.id))
    const row = version && cycleRow(actor.entityId, version.procedure)
    return {
      vigencia: vigencia ?? null,
      vigencias: await listVigencias(trx),
      mayStart: row !== undefined && whyNot(permitted(actor), 'start', 'Cycle', row) === null,
      readsDisposals: readsDisposals(actor),
      next,
      cycles: rows.map((cycle) => ({
        ...cycle,
        daysLeft: cycle.dueDate ? workingDaysLeft(cycle.dueDate, appToday(), calendar) : null,
      })),
    }
  })
}

export default function Cycles() {
  const page = useLoaderData<typeof loader>()
  return (
    <>
      <Breadcrumbs crumbs={[{ label: cyclesText.title }]} />
      <VStack gap="space-24">
        <PageHeader
          title={cyclesText.title}
          state={cyclesText.intro}
          action={page.mayStart ? <StartButton /> : undefined}
        />
        {page.vigencias.length > 1 && <Vigencias vigencias={page.vigencias} chosen={page.vigencia} />}
        {page.cycles.length === 0 ? <Nothing page={page} /> : <List cycles={page.cycles} />}
        <Pagination next={page.next} />
        {page.readsDisposals && <Link to="/disposicion">{cyclesText.disposals}</Link>}
        <ListFiles list="cycles" />
      </VStack>
    </>
  )
}

function StartButton() {
  return (
    <Button as={Link} to="/ejercicios/nuevo">
      {cyclesText.new}
    </Button>
  )
}

function Vigencias({ vigencias, chosen }: { vigencias: number[]; chosen: number | null }) {
  const chips = [null, ...vigencias].map((vigencia) => ({
    label: vigencia === null ? cyclesText.all : String(vigencia),
    to: vigencia === null ? '/ejercicios' : `?vigencia=${vigencia}`,
    current: vigencia === chosen,
  }))
  return <ChipLinks label={cyclesText.vigencia} chips={chips} />
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

function Nothing({ page }: { page: Page }) {
  if (page.vigencia !== null) return <BodyShort>{cyclesText.noneInVigencia}</BodyShort>
  return (
    <EmptyState title={cyclesText.empty.title} action={page.mayStart ? <StartButton /> : undefined}>
      {cyclesText.empty.message}
    </EmptyState>
  )
}

function List({ cycles }: { cycles: Page['cycles'] }) {
  const { columns } = cyclesText
  return (
    <DataTable
      caption={cyclesText.caption}
      hideCaption
      rows={cycles}
      rowKey={(cycle) => cycle.id}
      columns={[
        {
          key: 'name',
          header: columns.name,
          rowHeader: true,
          cell: (cycle) => (
            <Link className="cell-link" to={`/ejercicios/${cycle.id}`}>
              {cycle.name}
            </Link>
          ),
        },
        { key: 'vigencia', header: columns.vigencia, numeric: true, cell: (cycle) => cycle.vigencia },
        { key: 'state', header: columns.state, cell: (cycle) => <State cycle={cycle} /> },
        {
          key: 'progress',
          header: columns.progress,
          numeric: true,
          cell: (cycle) => (
            <span title={cyclesText.progressLong(cycle.approved, cycle.total)}>
              {cyclesText.progress(cycle.approved, cycle.total)}
            </span>
          ),
        },
        {
          key: 'next',
          header: columns.next,
          cell: (cycle) =>
            cycle.dueDate && cycle.daysLeft !== null ? cyclesText.due(cycle.dueDate, cycle.daysLeft) : cyclesText.noDue,
        },
      ]}
    />
  )
}

function State({ cycle }: { cycle: Page['cycles'][number] }) {
  return (
    <HStack gap="space-8" align="center" wrap>
      <CycleChip status={cycle.status} />
      {cycle.currentStep && cycle.currentStatus && (
        <span className="quiet">{cyclesText.current(cycle.currentStep, stepStateText[cycle.currentStatus])}</span>
      )}
    </HStack>
  )
}
