import { BodyLong, Button, HStack, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { type AgencyLine, listAgencies } from '../../../db/agencies.ts'
import { withActor } from '../../../db/client.ts'
import type { Page } from '../../../db/pages.ts'
import { listDutyHolders, listPositions, type PositionLine } from '../../../db/position-changes.ts'
import { DUTIES } from '../../../domain/administration.ts'
import { requireAdministrator } from '../../administration.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { Section } from '../../components/section.tsx'
import { administrationText, doneText, dutyChoice, postsText } from '../../text/administration.ts'
import type { DutyNames } from '../../text/duties.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(postsText.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const params = new URL(request.url).searchParams
  return await withActor(context.db, actor, async (trx) => {
    const [holders, called] = [await listDutyHolders(trx, actor.entityId), actor.entity.dutyNames]
    return {
      positions: calledIn(await listPositions(trx, actor.entityId, { cursor: params.get('desde') }), called),
      agencies: await listAgencies(trx, actor.entityId, { cursor: params.get('dependencias'), limit: 50 }),
      duties: DUTIES.filter((duty) => duty !== 'dependencia').map((duty) => ({
        duty,
        called,
        names: holders.find((one) => one.duty === duty)?.names ?? [],
      })),
    }
  })
}

/** With what the entity calls the function of each. */
function calledIn({ rows, next }: Page<PositionLine>, called: DutyNames) {
  return { rows: rows.map((row) => ({ ...row, called })), next }
}

export default function Posts() {
  const { positions, agencies, duties } = useLoaderData<typeof loader>()
  const vacant = duties.filter(({ names }) => names.length === 0).length
  return (
    <VStack gap="space-40">
      <div>
        <AdminCrumbs crumbs={[{ label: postsText.title }]} />
        <PageHeader
          title={postsText.title}
          state={`${postsText.state} ${postsText.dutiesVacant(vacant)}`}
          action={
            <HStack gap="space-12" wrap>
              <Button as={Link} to="/administracion/cargos/nuevo">
                {postsText.addPosition}
              </Button>
              <Button as={Link} to="/administracion/dependencias/nueva" variant="secondary">
                {postsText.addAgency}
              </Button>
            </HStack>
          }
        />
        <DoneNotice sentences={doneText} />
      </div>
      <Section id="cargos" title={postsText.positionsTitle}>
        <DataTable
          caption={postsText.positionsCaption}
          hideCaption
          columns={POSITIONS}
          rows={positions.rows}
          rowKey={(row) => row.id}
        />
        <Pagination next={positions.next} />
        <ListFiles list="positions" />
      </Section>
      <Section id="funciones" title={postsText.dutiesTitle}>
        <DataTable
          caption={postsText.dutiesCaption}
          hideCaption
          columns={DUTY_COLUMNS}
          rows={duties}
          rowKey={(row) => row.duty}
        />
      </Section>
      <Section id="dependencias" title={postsText.agenciesTitle}>
        {agencies.rows.length === 0 && <BodyLong>{postsText.noAgencies}</BodyLong>}
        <DataTable
          caption={postsText.agenciesCaption}
          hideCaption
          columns={AGENCIES}
          rows={agencies.rows}
          rowKey={(row) => row.id}
        />
        <Pagination next={agencies.next} name="dependencias" />
        <ListFiles list="agencies" />
      </Section>
    </VStack>
  )
}

const POSITIONS: Column<PositionLine & { called: DutyNames }>[] = [
  {
    key: 'name',
    header: postsText.name,
    rowHeader: true,
    cell: (row) => (
      <Link className="row-link" to={`/administracion/cargos/${row.id}`}>
        {row.name}
        {row.endedOn && ` (${postsText.ended(row.endedOn)})`}
      </Link>
    ),
  },
  { key: 'duty', header: postsText.duty, cell: (row) => dutyChoice(row.duty, row.called) },
  {
    key: 'holders',
    header: postsText.holder,
    cell: (row) =>
      row.holders.map((held) => (held.kind === 'encargado' ? postsText.encargado(held.name) : held.name)).join(', ') ||
      postsText.vacant,
  },
  { key: 'agency', header: postsText.agency, cell: (row) => row.agencyName },
]

const DUTY_COLUMNS: Column<{ duty: string; called: DutyNames; names: string[] }>[] = [
  { key: 'duty', header: postsText.duty, rowHeader: true, cell: (row) => dutyChoice(row.duty, row.called) },
  { key: 'names', header: postsText.holders, cell: (row) => row.names.join(', ') || postsText.nobody },
]

const AGENCIES: Column<AgencyLine>[] = [
  {
    key: 'name',
    header: postsText.name,
    rowHeader: true,
    cell: (row) => (
      <Link className="row-link" to={`/administracion/dependencias/${row.id}`}>
        {row.name}
        {row.endedOn && ` (${postsText.ended(row.endedOn)})`}
      </Link>
    ),
  },
  { key: 'code', header: postsText.code, cell: (row) => row.code ?? administrationText.noValue },
  { key: 'parent', header: postsText.parent, cell: (row) => row.parentName ?? administrationText.noValue },
  { key: 'positions', header: postsText.positions, numeric: true, cell: (row) => row.positions },
]
