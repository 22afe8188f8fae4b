import { Button, HStack, Select, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { ACTION_ORIGINS, ACTION_STATUSES } from '../../../domain/improvement.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { ActionChip, TermChip } from '../../components/state-chip.tsx'
import { loadActions, type ShownAction } from '../../pages/improvement.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatDate } from '../../text/format.ts'
import { actionStateText, findingText, improvementText as words } from '../../text/improvement.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadActions(context, actor, new URL(request.url).searchParams)
}

export default function Improvement() {
  const { rows, next, agencies, mayRecord } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs crumbs={[{ label: words.title }]} />
        <PageHeader
          title={words.title}
          state={words.intro}
          action={
            mayRecord && (
              <Button as={Link} to="/mejora/hallazgo">
                {findingText.new}
              </Button>
            )
          }
        />
      </div>
      <Filters search={search} />
      {agencies.length > 1 && <AgencyFilter agencies={agencies} search={search} />}
      {rows.length > 0 ? (
        <DataTable caption={words.caption} columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />
      ) : (
        <Nothing isFiltered={[...search.values()].some(Boolean)} />
      )}
      <Pagination next={next} />
    </VStack>
  )
}

function Filters({ search }: { search: URLSearchParams }) {
  const isMine = search.get('de') === 'mias'
  const isOverdue = search.get('vencidas') === 'si'
  const state = search.get('estado')
  const origin = search.get('origen')
  const whose = [
    { label: words.all, to: addressWith(search, { de: null, vencidas: null }), current: !isMine && !isOverdue },
    { label: words.mine, to: addressWith(search, { de: isMine ? null : 'mias' }), current: isMine },
    { label: words.overdue, to: addressWith(search, { vencidas: isOverdue ? null : 'si' }), current: isOverdue },
  ]
  const states = [
    { label: words.anyState, to: addressWith(search, { estado: null }), current: state === null },
    ...ACTION_STATUSES.map((one) => ({
      label: actionStateText[one],
      to: addressWith(search, { estado: one }),
      current: state === one,
    })),
  ]
  const origins = [
    { label: words.anyOrigin, to: addressWith(search, { origen: null }), current: origin === null },
    ...ACTION_ORIGINS.map((one) => ({
      label: words.fromOrigin[one],
      to: addressWith(search, { origen: one }),
      current: origin === one,
    })),
  ]
  return (
    <VStack gap="space-12">
      <Chips label={words.filterLabel} chips={whose} />
      <Chips label={words.originLabel} chips={origins} />
      <Chips label={words.stateLabel} chips={states} />
    </VStack>
  )
}

function Chips({ label, chips }: { label: string; chips: { label: string; to: string; current: boolean }[] }) {
  return (
    <nav aria-label={label}>
      <ul className="chips">
        {chips.map((chip) => (
          <li key={chip.label}>
            <Link className="chip-link" to={chip.to} aria-current={chip.current ? 'true' : undefined}>
              {chip.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** A form that only asks: what it carries becomes the address. The other filters stay. */
function AgencyFilter({ agencies, search }: { agencies: { id: string; name: string }[]; search: URLSearchParams }) {
  const others = ['estado', 'origen', 'de', 'vencidas'].flatMap((name) => {
    const value = search.get(name)
    return value === null ? [] : [{ name, value }]
  })
  const chosen = search.get('dependencia') ?? ''
  return (
    <Form method="get" key={chosen} preventScrollReset>
      {others.map((other) => (
        <input key={other.name} type="hidden" {...other} />
      ))}
      <HStack gap="space-16" align="end" wrap>
        <Select name="dependencia" label={words.agency} defaultValue={chosen}>
          <option value="">{words.anyAgency}</option>
          {agencies.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Button type="submit" variant="secondary">
          {words.filter}
        </Button>
      </HStack>
    </Form>
  )
}

/** The other filters stay; the list begins anew. */
function addressWith(search: URLSearchParams, changes: Record<string, string | null>): string {
  const changed = new URLSearchParams(search)
  changed.delete('desde')
  for (const [name, value] of Object.entries(changes))
    if (value === null) changed.delete(name)
    else changed.set(name, value)
  return changed.size > 0 ? `/mejora?${changed}` : '/mejora'
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  if (!isFiltered) return <EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>
  return (
    <EmptyState
      title={words.noneTitle}
      action={
        <Link className="row-link" to="/mejora">
          {words.seeAll}
        </Link>
      }
    >
      {words.none}
    </EmptyState>
  )
}

const COLUMNS: Column<ShownAction>[] = [
  {
    key: 'code',
    header: words.columns.code,
    rowHeader: true,
    cell: ({ code }) => (
      <Link className="row-link nowrap" to={`/mejora/${code}`} aria-label={words.open(code)}>
        {code}
      </Link>
    ),
  },
  { key: 'what', header: words.columns.what, cell: ({ what }) => <span className="clamped">{what}</span> },
  { key: 'owner', header: words.columns.owner, cell: ({ owner, agency }) => <Owner owner={owner} agency={agency} /> },
  { key: 'day', header: words.columns.day, cell: ({ day, chip }) => <Day day={day} chip={chip} /> },
  { key: 'status', header: words.columns.status, cell: ({ status }) => <ActionChip status={status} /> },
]

function Owner({ owner, agency }: Pick<ShownAction, 'owner' | 'agency'>) {
  return (
    <>
      {owner}
      {agency && agency !== owner && <span className="quiet block">{agency}</span>}
    </>
  )
}

function Day({ day, chip }: Pick<ShownAction, 'day' | 'chip'>) {
  if (!day) return <span className="quiet">{words.noDay}</span>
  return (
    <>
      <span className="nowrap block">{formatDate(day)}</span>
      {chip && chip !== 'on_time' && <TermChip state={chip} />}
    </>
  )
}
