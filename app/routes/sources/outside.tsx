import { Alert, BodyLong, Button, HStack, TextField, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData, useNavigation } from '@remix-run/react'
import type { OutsideTable } from '../../../domain/connections.ts'
import { requestFetch } from '../../commands/fetch-source.server.ts'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { Section } from '../../components/section.tsx'
import { PreviewTable } from '../../components/sources/preview-table.tsx'
import { loadOutside } from '../../pages/outside.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { kindNames, outsideText, tableName } from '../../text/connections.ts'
import { shellText } from '../../text/shell.ts'
import { columnTypeNames, sourcesText } from '../../text/sources.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(outsideText.title) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const [cycleId, sourceId] = [requireId(params.ejercicio, context), requireId(params.fuente, context)]
  return await loadOutside(context, actor, { cycleId, sourceId, search: new URL(request.url).searchParams })
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const [cycleId, sourceId] = [requireId(params.ejercicio, context), requireId(params.fuente, context)]
  const form = await request.formData()
  const text = (field: string) => String(form.get(field) ?? '')
  const connectionId = requireId(text('conexion'), context)
  const table = form.has('tabla') ? { schema: text('esquema'), name: text('tabla') } : null
  await requestFetch(context, actor, { cycleId, sourceId, connectionId, table })
  return redirect(`/ejercicios/${cycleId}/fuentes/${sourceId}`)
}

export default function Outside() {
  const page = useLoaderData<typeof loader>()
  const { cycleId, cycleName, source, connection, table, failure } = page
  const list = `/ejercicios/${cycleId}/fuentes`
  return (
    <VStack gap="space-32">
      <div>
        <CycleCrumbs
          cycle={{ id: cycleId, name: cycleName }}
          crumbs={[
            { label: sourcesText.title, to: list },
            { label: source.name, to: `${list}/${source.id}` },
            { label: connection ? outsideText.originConnection(connection.name) : outsideText.title },
          ]}
        />
        <PageHeader
          title={connection ? outsideText.originOf(connection.name, table && tableName(table)) : outsideText.title}
          state={page.whyNot ?? (connection?.kind === 'http' ? outsideText.stateHttp : outsideText.state)}
        />
      </div>
      {!connection && <Choose />}
      {failure && <Alert variant="error">{failure}</Alert>}
      {page.tables && <Tables />}
      {page.sample && <Sample />}
      {connection && <Ways />}
    </VStack>
  )
}

function Choose() {
  const { connections, cycleId, whyNot } = useLoaderData<typeof loader>()
  if (whyNot !== null) return null
  const define = (
    <Button
      as={Link}
      to={`/conexiones/nueva?ejercicio=${cycleId}`}
      variant={connections.length > 0 ? 'secondary' : 'primary'}
    >
      {outsideText.define}
    </Button>
  )
  if (connections.length === 0)
    return (
      <EmptyState title={outsideText.none} action={define}>
        {outsideText.noneWhy}
      </EmptyState>
    )
  return (
    <Section id="conexiones" title={outsideText.choose}>
      <BodyLong spacing>{outsideText.chooseWhy}</BodyLong>
      <ul className="links">
        {connections.map(({ id, name, kind }) => (
          <li key={id}>
            <Link to={`?conexion=${id}`}>{name}</Link> <span className="quiet">{kindNames[kind]}</span>
          </li>
        ))}
      </ul>
      {define}
    </Section>
  )
}

function Tables() {
  const { tables, connection, search } = useLoaderData<typeof loader>()
  if (!tables || !connection) return null
  const to = ({ schema, name }: OutsideTable) =>
    `?${new URLSearchParams({ conexion: connection.id, esquema: schema, tabla: name })}`
  return (
    <Section id="tablas" title={outsideText.tables}>
      <VStack gap="space-16">
        <Form method="get" role="search">
          <input type="hidden" name="conexion" value={connection.id} />
          <HStack gap="space-12" align="end" wrap>
            <TextField id="buscar" name="buscar" label={outsideText.search} defaultValue={search} autoComplete="off" />
            <Button type="submit" variant="secondary">
              {outsideText.searchDo}
            </Button>
          </HStack>
        </Form>
        {tables.rows.length === 0 ? (
          <EmptyState title={outsideText.noTables}>{outsideText.noTablesWhy}</EmptyState>
        ) : (
          <DataTable<OutsideTable>
            caption={outsideText.tablesCaption}
            rows={tables.rows}
            rowKey={tableName}
            columns={[
              {
                key: 'name',
                header: outsideText.table,
                rowHeader: true,
                cell: (row) => (
                  <Link className="row-link" to={to(row)}>
                    {row.name}
                  </Link>
                ),
              },
              { key: 'schema', header: outsideText.schema, cell: (row) => row.schema },
            ]}
          />
        )}
        <Pagination next={tables.next} />
      </VStack>
    </Section>
  )
}

/** The first records and, of a table, what its columns hold; then the one thing to do. */
function Sample() {
  const { sample, connection, table } = useLoaderData<typeof loader>()
  const busy = useNavigation().state === 'submitting'
  if (!sample || !connection) return null
  return (
    <>
      <Section id="muestra" title={outsideText.sample}>
        <PreviewTable header={sample.header} rows={sample.rows} lines={sample.rows.map((_, i) => i + 1)} />
      </Section>
      {sample.columns.length > 0 && (
        <Section id="columnas" title={outsideText.types}>
          <DataTable
            caption={outsideText.types}
            hideCaption
            rows={sample.columns}
            rowKey={({ name }) => name}
            columns={[
              { key: 'name', header: outsideText.column, rowHeader: true, cell: ({ name }) => name },
              { key: 'type', header: outsideText.type, cell: ({ type }) => columnTypeNames[type] },
            ]}
          />
        </Section>
      )}
      <Form method="post">
        <input type="hidden" name="conexion" value={connection.id} />
        {table && <input type="hidden" name="esquema" value={table.schema} />}
        {table && <input type="hidden" name="tabla" value={table.name} />}
        <VStack gap="space-12" align="start">
          <p className="reading">{outsideText.fetchWhy}</p>
          <Button type="submit" loading={busy}>
            {outsideText.fetch}
          </Button>
        </VStack>
      </Form>
    </>
  )
}

/** Elsewhere: another table, another connection, how this one is reached. */
function Ways() {
  const { connection, table, whyNot } = useLoaderData<typeof loader>()
  if (!connection) return null
  return (
    <ul className="links">
      {table && whyNot === null && (
        <li>
          <Link to={`?conexion=${connection.id}&otra=1`}>{outsideText.otherTable}</Link>
        </li>
      )}
      {whyNot === null && (
        <li>
          <Link to="?conexion=">{outsideText.other}</Link>
        </li>
      )}
      <li>
        <Link to={`/conexiones/${connection.id}`}>{outsideText.settings}</Link>
      </li>
    </ul>
  )
}
