import { Button, HStack, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import type { AbsenceState } from '../../../domain/substitutions.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { ChipLinks } from '../../components/chip-links.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { listAddress } from '../../components/list-address.ts'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { AbsenceChip } from '../../components/state-chip.tsx'
import { loadAbsences } from '../../pages/absences.server.ts'
import { requireActor } from '../../session.server.ts'
import { absenceStateText, planText, absencesText as words } from '../../text/absences.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadAbsences(context, actor, new URL(request.url).searchParams)
}

type Line = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

export default function Absences() {
  const { rows, next, mayPlanForOthers } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs crumbs={[{ label: words.title }]} />
        <PageHeader title={words.title} state={words.intro} action={<PlanLinks forOthers={mayPlanForOthers} />} />
      </div>
      <Filters search={search} />
      {rows.length > 0 ? (
        <DataTable caption={words.caption} columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />
      ) : (
        <Nothing isFiltered={[...search.values()].some(Boolean)} />
      )}
      <Pagination next={next} />
      <ListFiles list="absences" />
    </VStack>
  )
}

function PlanLinks({ forOthers }: { forOthers: boolean }) {
  return (
    <HStack gap="space-12" wrap>
      <Button as={Link} to="/ausencias/nueva">
        {planText.title}
      </Button>
      {forOthers && (
        <Button as={Link} variant="secondary" to="/ausencias/nueva?persona=otra">
          {planText.forOther}
        </Button>
      )}
    </HStack>
  )
}

const STATES = Object.keys(absenceStateText) as AbsenceState[]

function Filters({ search }: { search: URLSearchParams }) {
  const isMine = search.get('de') === 'mias'
  const state = search.get('estado')
  const whose = [
    { label: words.all, to: listAddress('/ausencias', search, { de: null }), current: !isMine },
    { label: words.mine, to: listAddress('/ausencias', search, { de: 'mias' }), current: isMine },
  ]
  const states = [
    { label: words.anyState, to: listAddress('/ausencias', search, { estado: null }), current: state === null },
    ...STATES.map((one) => ({
      ...{
        label: absenceStateText[one],
        to: listAddress('/ausencias', search, { estado: one }),
        current: state === one,
      },
    })),
  ]
  return (
    <VStack gap="space-12">
      <ChipLinks label={words.filterLabel} chips={whose} />
      <ChipLinks label={words.stateLabel} chips={states} />
    </VStack>
  )
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  if (!isFiltered) return <EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>
  const all = (
    <Link className="row-link" to="/ausencias">
      {words.seeAll}
    </Link>
  )
  return (
    <EmptyState title={words.noneTitle} action={all}>
      {words.none}
    </EmptyState>
  )
}

const COLUMNS: Column<Line>[] = [
  {
    key: 'person',
    header: words.columns.person,
    rowHeader: true,
    cell: ({ id, personName, positionName, from }) => (
      <>
        <Link className="row-link" to={`/ausencias/${id}`} aria-label={words.open(personName, from)}>
          {personName}
        </Link>
        {positionName !== personName && <span className="quiet block">{positionName}</span>}
      </>
    ),
  },
  { key: 'days', header: words.columns.days, cell: ({ from, to }) => words.shortDays(from, to) },
  {
    key: 'substitutes',
    header: words.columns.substitutes,
    cell: ({ substitutes }) => substitutes.map(({ name, scope }) => words.reaches(name, scope)).join(' · '),
  },
  { key: 'status', header: words.columns.status, cell: ({ state }) => <AbsenceChip state={state} /> },
]
