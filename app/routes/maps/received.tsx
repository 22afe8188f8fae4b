import { Alert, Button, Select, TextField, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { errorOf, FormErrors, type ShownError } from '../../components/form-errors.tsx'
import { MapDrawing } from '../../components/maps/map-drawing.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { keepReceived, loadMapFile } from '../../pages/maps.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatNumber } from '../../text/format.ts'
import { mapsText } from '../../text/maps.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(mapsText.choose) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadMapFile(context, actor, requireId(params.archivo, context), new URL(request.url).searchParams)
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await keepReceived(context, actor, requireId(params.archivo, context), request)
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

export default function ReceivedMap() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { faults, drawing } = page
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: mapsText.title, to: '/mapas' }, { label: page.name }]} />
        <PageHeader title={mapsText.choose} state={`${page.name}: ${page.state}`} />
      </div>
      <FormErrors errors={answer?.errors} />
      <Properties page={page} />
      <Choice page={page} />
      {faults.length > 0 && (
        <Alert variant="warning" className="reading">
          {mapsText.notAsked}
          <ul>
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </Alert>
      )}
      {drawing && (
        <Section id="vista" title={mapsText.previewTitle}>
          <MapDrawing drawing={drawing} divisions={page.divisions} total={page.divisionCount} />
        </Section>
      )}
      {page.objection ? (
        <p className="quiet reading">{`${mapsText.cannot} ${page.objection}`}</p>
      ) : (
        drawing && <Keep page={page} errors={answer?.errors} typed={answer?.name ?? ''} />
      )}
    </VStack>
  )
}

function Properties({ page: { properties } }: { page: Loaded }) {
  const { propertyColumns: columns } = mapsText
  return (
    <DataTable
      caption={mapsText.properties}
      rows={properties}
      rowKey={({ name }) => name}
      columns={[
        { key: 'name', header: columns.name, rowHeader: true, cell: ({ name }) => name },
        { key: 'filled', header: columns.filled, numeric: true, cell: ({ filled }) => formatNumber(filled) },
        { key: 'distinct', header: columns.distinct, numeric: true, cell: ({ distinct }) => formatNumber(distinct) },
        { key: 'samples', header: columns.samples, cell: ({ samples }) => samples.join(' · ') },
      ]}
    />
  )
}

/** A plain GET form: choosing changes nothing. */
function Choice({ page: { chosen, properties } }: { page: Loaded }) {
  const options = properties.map(({ name }) => (
    <option key={name} value={name}>
      {name}
    </option>
  ))
  return (
    <Form method="get" preventScrollReset className="reading" key={`${chosen.code} ${chosen.name}`}>
      <VStack gap="space-16">
        <Select
          id="codigo"
          name="codigo"
          label={mapsText.code}
          description={mapsText.codeHelp}
          defaultValue={chosen.code}
        >
          {options}
        </Select>
        <Select name="nombre" label={mapsText.name} description={mapsText.nameHelp} defaultValue={chosen.name}>
          {options}
        </Select>
        <div>
          <Button type="submit" variant="secondary">
            {mapsText.preview}
          </Button>
        </div>
      </VStack>
    </Form>
  )
}

interface KeepProps {
  page: Loaded
  errors: ShownError[] | undefined
  typed: string
}

function Keep({ page: { chosen, names }, errors, typed }: KeepProps) {
  const busy = useNavigation().state === 'submitting'
  return (
    <Form method="post" noValidate className="reading">
      <VStack gap="space-16">
        <input type="hidden" name="codigo" value={chosen.code} />
        <input type="hidden" name="nombre" value={chosen.name} />
        <TextField
          id="titulo"
          name="titulo"
          list="mapas"
          autoComplete="off"
          label={mapsText.mapName}
          description={mapsText.mapNameHelp}
          defaultValue={typed}
          error={errorOf(errors, 'titulo')}
        />
        <datalist id="mapas">
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <div>
          <Button type="submit" loading={busy}>
            {mapsText.keep}
          </Button>
        </div>
      </VStack>
    </Form>
  )
}
