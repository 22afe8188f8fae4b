import { CheckmarkCircleIcon, ExclamationmarkTriangleIcon } from '@navikt/aksel-icons'
import { BodyLong, Button, Heading, Tag, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { withActor } from '../../../db/client.ts'
import { appNow } from '../../../db/clock.ts'
import { type IncidentLine, listIncidents } from '../../../db/incidents.ts'
import { countSystem } from '../../../db/system-state.ts'
import { requireAdministrator } from '../../administration.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { INCIDENT_COLUMNS } from '../../components/incident-columns.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { readiness } from '../../http/health.ts'
import { incidentsText, systemText } from '../../text/administration.ts'
import { formatNumber } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(systemText.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const [checks, counts, incidents] = await Promise.all([
    readiness(context),
    withActor(context.db, actor, (trx) => countSystem(trx, actor.entityId)),
    withActor(context.db, actor, (trx) => listIncidents(trx, actor.entityId, { isClosed: false })),
  ])
  const parts = (Object.keys(systemText.parts) as (keyof typeof systemText.parts)[]).map((part) => ({
    part,
    ...checks[part],
  }))
  return { parts, counts, incidents: incidents.rows, at: appNow() }
}

export default function System() {
  const { parts, counts, incidents, at } = useLoaderData<typeof loader>()
  const ok = parts.every((part) => part.ok)
  const names = Object.keys(systemText.counts) as (keyof typeof systemText.counts)[]
  return (
    <VStack gap="space-32">
      <div>
        <AdminCrumbs crumbs={[{ label: systemText.title }]} />
        <PageHeader
          title={systemText.title}
          state={ok ? systemText.good(at) : systemText.bad(at)}
          action={
            <Button as={Link} to="." variant="secondary" reloadDocument>
              {systemText.again}
            </Button>
          }
        />
      </div>
      <Part title={systemText.partsTitle}>
        <DataTable
          caption={systemText.partsCaption}
          hideCaption
          columns={PARTS}
          rows={parts}
          rowKey={(row) => row.part}
        />
      </Part>
      <Part title={systemText.pendingTitle}>
        <DataTable
          caption={systemText.pendingCaption}
          hideCaption
          columns={[
            { key: 'what', header: systemText.what, rowHeader: true, cell: (name) => systemText.counts[name] },
            { key: 'count', header: systemText.count, numeric: true, cell: (name) => formatNumber(counts[name]) },
          ]}
          rows={names}
          rowKey={(name) => name}
        />
      </Part>
      <Part title={systemText.incidentsTitle}>
        {incidents.length === 0 ? (
          <BodyLong>{systemText.incidentsNone}</BodyLong>
        ) : (
          <>
            <DataTable
              caption={systemText.incidentsCaption}
              hideCaption
              columns={INCIDENT_COLUMNS}
              rows={incidents as unknown as IncidentLine[]}
              rowKey={(row) => row.id}
            />
            <ListFiles list="incidents" />
          </>
        )}
        <p>
          <Link to="/administracion/sistema/incidencias">{incidentsText.all}</Link>
        </p>
      </Part>
    </VStack>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Heading level="2" size="medium" spacing>
        {title}
      </Heading>
      {children}
    </section>
  )
}

interface PartLine {
  part: keyof typeof systemText.parts
  ok: boolean
  detail: string
}

const PARTS: Column<PartLine>[] = [
  { key: 'part', header: systemText.part, rowHeader: true, cell: (row) => systemText.parts[row.part] },
  {
    key: 'answer',
    header: systemText.answer,
    cell: (row) =>
      row.ok ? (
        <Tag size="small" data-color="success" icon={<CheckmarkCircleIcon aria-hidden />}>
          {systemText.ok}
        </Tag>
      ) : (
        <Tag size="small" data-color="danger" icon={<ExclamationmarkTriangleIcon aria-hidden />}>
          {systemText.notOk}
        </Tag>
      ),
  },
  { key: 'detail', header: systemText.detail, cell: (row) => row.detail },
]
