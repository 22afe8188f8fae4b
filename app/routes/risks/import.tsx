import { Alert, BodyLong, Select, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { MAP_HEADINGS } from '../../../catalog/risk-map-headings.ts'
import {
  ASSET_COLUMNS,
  COMPUTED_COLUMNS,
  NEEDED_COLUMNS,
  TREATMENT_COLUMNS,
  WORDED_COLUMNS,
} from '../../../domain/risk-map-sheet.ts'
import { AdminForm } from '../../components/admin-form.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { NativeField } from '../../components/native-field.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { OwnerField } from '../../components/risks/owner-field.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { Section } from '../../components/section.tsx'
import { actOnNewImport, loadImports } from '../../pages/risk-imports.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatInstant, formatNumber } from '../../text/format.ts'
import { riskImportText as words } from '../../text/risk-imports.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadImports(context, actor, new URL(request.url).searchParams)
}

export async function action({ request, context }: ActionFunctionArgs) {
  return await actOnNewImport(context, await requireActor(request, context), request)
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** A risk map comes in as a workbook: what it needs, where it is sent, and those that came before. */
export default function ImportRiskMap() {
  const { whyNot, sent } = useLoaderData<typeof loader>()
  return (
    <>
      <RiskCrumbs crumbs={[{ label: words.title }]} />
      <VStack gap="space-32">
        <PageHeader title={words.title} state={words.state} />
        {whyNot ? (
          <Alert variant="info" className="reading">
            {whyNot}
          </Alert>
        ) : (
          <Sending />
        )}
        <Needed />
        <Section id="subidos" title={words.sentTitle}>
          {sent.rows.length === 0 ? (
            <BodyLong>{words.noneSent}</BodyLong>
          ) : (
            <>
              <DataTable
                caption={words.sentCaption}
                hideCaption
                columns={SENT_COLUMNS}
                rows={sent.rows}
                rowKey={({ id }) => id}
              />
              <Pagination next={sent.next} />
              <ListFiles list="risk_imports" />
            </>
          )}
        </Section>
      </VStack>
    </>
  )
}

function Sending() {
  const { owners, methodologies, formKey } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const field = fieldsOf('mapa', answer)
  const { defaultValue: _chosen, ...file } = field('archivo')
  return (
    <Section id="subir" title={words.formTitle}>
      <AdminForm
        code="mapa"
        answer={answer}
        submit={words.submit}
        hidden={{ formKey }}
        cancelTo="/riesgos"
        encType="multipart/form-data"
      >
        <NativeField {...file} type="file" accept=".xlsx" label={words.file} description={words.fileHelp} />
        <OwnerField field={field('ownerId')} label={words.owner} owners={owners} />
        <Select {...field('methodology')} label={words.methodology}>
          <option value="">{words.chosenMethodology}</option>
          {methodologies.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
      </AdminForm>
    </Section>
  )
}

function Needed() {
  const names = (columns: readonly (keyof typeof MAP_HEADINGS)[]) =>
    columns.map((column) => MAP_HEADINGS[column][0]).join(' · ')
  return (
    <Section id="columnas" title={words.columnsTitle}>
      <VStack gap="space-8" className="reading">
        <BodyLong>{words.columnsIntro}</BodyLong>
        <BodyLong>
          {words.columnsNeeded} {names(NEEDED_COLUMNS)}.
        </BodyLong>
        <BodyLong>
          {words.columnsWorded} {names(WORDED_COLUMNS)}.
        </BodyLong>
        <BodyLong>
          {words.columnsAsset} {names(ASSET_COLUMNS)}.
        </BodyLong>
        <BodyLong>
          {words.columnsCompared} {names(COMPUTED_COLUMNS)}.
        </BodyLong>
        <BodyLong>
          {words.columnsDone} {names(TREATMENT_COLUMNS)}.
        </BodyLong>
      </VStack>
    </Section>
  )
}

const SENT_COLUMNS: Column<Loaded['sent']['rows'][number]>[] = [
  {
    key: 'file',
    header: words.sent.file,
    rowHeader: true,
    cell: ({ id, fileName }) => (
      <Link className="row-link" to={`/riesgos/importar/${id}`} aria-label={words.open(fileName)}>
        {fileName}
      </Link>
    ),
  },
  { key: 'rows', header: words.sent.rows, numeric: true, cell: ({ rows }) => formatNumber(rows) },
  { key: 'by', header: words.sent.by, cell: ({ position }) => position },
  { key: 'at', header: words.sent.at, cell: ({ receivedAt }) => formatInstant(receivedAt) },
  {
    key: 'state',
    header: words.sent.state,
    cell: ({ acceptedAt }) => (acceptedAt ? words.states.accepted : words.states.waiting),
  },
]
