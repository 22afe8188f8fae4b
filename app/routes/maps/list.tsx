import { BodyLong, Button, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { errorOf, FormErrors, type ShownError } from '../../components/form-errors.tsx'
import { HashShort } from '../../components/hash-short.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { NativeField } from '../../components/native-field.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { addMapFile, loadMaps } from '../../pages/maps.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatNumber } from '../../text/format.ts'
import { mapsText } from '../../text/maps.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(mapsText.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return await loadMaps(context, await requireActor(request, context))
}

export async function action({ request, context }: ActionFunctionArgs) {
  return await addMapFile(context, await requireActor(request, context), request)
}

export default function Maps() {
  const { objection, maps, waiting } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: mapsText.title }]} />
        <PageHeader title={mapsText.title} state={mapsText.state} />
      </div>
      <FormErrors errors={answer?.errors} />
      {maps.length === 0 ? (
        <EmptyState title={mapsText.none}>{mapsText.noneWhy}</EmptyState>
      ) : (
        <div>
          <KeptMaps maps={maps} />
          <ListFiles list="maps" />
        </div>
      )}
      {waiting.length > 0 && (
        <Section id="recibidos" title={mapsText.waiting}>
          <BodyLong className="quiet">{mapsText.waitingWhy}</BodyLong>
          <ul className="links">
            {waiting.map(({ id, name, received }) => (
              <li key={id}>
                <Link to={`/mapas/archivos/${id}`}>{name}</Link> <span className="quiet">{received}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {objection ? (
        <p className="quiet reading">{`${mapsText.cannot} ${objection}`}</p>
      ) : (
        <Upload errors={answer?.errors} />
      )}
    </VStack>
  )
}

function KeptMaps({ maps }: { maps: ReturnType<typeof useLoaderData<typeof loader>>['maps'] }) {
  const { columns } = mapsText
  return (
    <DataTable
      caption={mapsText.kept}
      rows={maps}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          header: columns.name,
          rowHeader: true,
          cell: ({ id, name, isWithdrawn }) => (
            <>
              <Link to={`/mapas/${id}`}>{name}</Link>
              {isWithdrawn && <span className="quiet block">{mapsText.withdrawn}</span>}
            </>
          ),
        },
        { key: 'version', header: columns.version, numeric: true, cell: ({ version }) => formatNumber(version) },
        {
          key: 'divisions',
          header: columns.divisions,
          numeric: true,
          cell: ({ divisionCount }) => formatNumber(divisionCount),
        },
        { key: 'kept', header: columns.keptBy, cell: ({ kept }) => kept },
        { key: 'hash', header: columns.hash, cell: ({ hash }) => <HashShort hash={hash} purpose={columns.hash} /> },
      ]}
    />
  )
}

function Upload({ errors }: { errors: ShownError[] | undefined }) {
  const busy = useNavigation().state === 'submitting'
  return (
    <Section id="subir" title={mapsText.upload}>
      <Form method="post" encType="multipart/form-data" noValidate className="reading">
        <VStack gap="space-16">
          <NativeField
            type="file"
            id="archivo"
            name="archivo"
            accept=".geojson,.json,application/geo+json,application/json"
            label={mapsText.file}
            description={mapsText.fileHelp}
            error={errorOf(errors, 'archivo')}
          />
          <div>
            <Button type="submit" loading={busy}>
              {mapsText.send}
            </Button>
          </div>
        </VStack>
      </Form>
    </Section>
  )
}
