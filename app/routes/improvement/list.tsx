import { Button, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { ACTION_ORIGINS, ACTION_STATUSES } from '../../../domain/improvement.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { ChipLinks } from '../../components/chip-links.tsx'
import type { Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { listAddress } from '../../components/list-address.ts'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { ActionChip, TermChip } from '../../components/state-chip.tsx'
import { WorkTable } from '../../components/work-table.tsx'
import { loadActions, type ShownAction } from '../../pages/improvement.server.ts'
import { requireActor } from '../../session.server.ts'
import { newFindingText } from '../../text/findings.ts'
import { formatDate } from '../../text/format.ts'
import { actionStateText, actionText, improvementText as words } from '../../text/improvement.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadActions(context, actor, new URL(request.url).searchParams)
}

export default function Improvement() {
  const { rows, next, agencies, mayRecord, isFiltered } = useLoaderData<typeof loader>()
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
                {newFindingText.new}
              </Button>
            )
          }
        />
      </div>
      <Link className="row-link" to="/mejora/hallazgos">
        {words.findings}
      </Link>
      <Whose search={search} />
      {rows.length > 0 || isFiltered ? (
        <WorkTable caption={words.caption} columns={columnsWith(agencies)} rows={rows} rowKey={(row) => row.id} />
      ) : (
        <EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>
      )}
      <Pagination next={next} />
      <ListFiles list="actions" />
    </VStack>
  )
}

function Whose({ search }: { search: URLSearchParams }) {
  const isMine = search.get('de') === 'mias'
  const isOverdue = search.get('vencidas') === 'si'
  const chips = [
    {
      label: words.all,
      to: listAddress('/mejora', search, { de: null, vencidas: null }),
      current: !isMine && !isOverdue,
    },
    { label: words.mine, to: listAddress('/mejora', search, { de: isMine ? null : 'mias' }), current: isMine },
    {
      label: words.overdue,
      to: listAddress('/mejora', search, { vencidas: isOverdue ? null : 'si' }),
      current: isOverdue,
    },
  ]
  return <ChipLinks label={words.filterLabel} chips={chips} />
}

/** Keys are what the address calls the columns. */
function columnsWith(agencies: { id: string; name: string }[]): Column<ShownAction>[] {
  const { columns } = words
  return [
    {
      key: 'codigo',
      header: columns.code,
      rowHeader: true,
      filter: { name: 'codigo' },
      cell: ({ code }) => (
        <Link className="row-link nowrap" to={`/mejora/${code}`} aria-label={words.open(code)}>
          {code}
        </Link>
      ),
    },
    {
      key: 'accion',
      header: columns.what,
      filter: { name: 'texto' },
      cell: ({ what }) => <span className="clamped">{what}</span>,
    },
    {
      key: 'responde',
      header: columns.owner,
      filter: { name: 'dependencia', options: agencies.map(({ id, name }) => [id, name]) },
      cell: ({ owner, agency }) => <Owner owner={owner} agency={agency} />,
    },
    { key: 'hasta', header: columns.day, cell: ({ day, chip }) => <Day day={day} chip={chip} /> },
    {
      key: 'origen',
      header: columns.origin,
      filter: { name: 'origen', options: ACTION_ORIGINS.map((one) => [one, words.fromOrigin[one]]) },
      cell: ({ origin }) => actionText.origins[origin],
    },
    {
      key: 'estado',
      header: columns.status,
      filter: { name: 'estado', options: ACTION_STATUSES.map((one) => [one, actionStateText[one]]) },
      cell: ({ status }) => <ActionChip status={status} />,
    },
  ]
}

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
