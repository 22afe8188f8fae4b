import { BodyLong, Select, Textarea, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { Section } from '../../components/section.tsx'
import { actOnMethodologies, loadMethodologies } from '../../pages/methodologies.server.ts'
import { requireActor } from '../../session.server.ts'
import { methodologiesText as words } from '../../text/methodologies.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return await loadMethodologies(context, await requireActor(request, context))
}

export async function action({ request, context }: ActionFunctionArgs) {
  return await actOnMethodologies(context, await requireActor(request, context), await request.formData())
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** What risks are rated with, and which methodology each kind of risk uses from now on. */
export default function Methodologies() {
  const { rows, kinds, drafts, whyNot } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-32">
      <div>
        <RiskCrumbs crumbs={[{ label: words.title }]} />
        <PageHeader title={words.title} state={words.intro} />
        <DoneNotice sentences={words.done} />
      </div>
      <DataTable caption={words.listCaption} columns={COLUMNS} rows={rows} rowKey={(row) => row.key} />
      {drafts.length > 0 && (
        <Section id="copias" title={words.draftsTitle}>
          {drafts.map(({ code, name }) => (
            <Link key={code} className="row-link" to={`/riesgos/metodologias/${code}/copia`}>
              {words.openDraft(name)}
            </Link>
          ))}
        </Section>
      )}
      <Section id="eleccion" title={words.choiceTitle}>
        <VStack gap="space-24">
          <BodyLong>{words.choiceIntro}</BodyLong>
          <DataTable caption={words.choiceCaption} columns={KIND_COLUMNS} rows={kinds} rowKey={(row) => row.code} />
          {whyNot ? <p className="quiet">{whyNot}</p> : <Choice />}
        </VStack>
      </Section>
    </VStack>
  )
}

function Choice() {
  const { rows, kinds, formKey } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const field = fieldsOf('eleccion', answer)
  return (
    <AdminForm code="eleccion" answer={answer} submit={words.choose} hidden={{ formKey }}>
      <Select {...field('typology')} label={words.whichTypology}>
        <option value="">{words.every}</option>
        {kinds.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        {...field('methodology')}
        label={words.whichMethodology}
        description={rows.find(({ whyNot }) => whyNot !== null)?.whyNot}
      >
        {rows.map(({ key, name, whyNot }) => (
          <option key={key} value={key} disabled={whyNot !== null}>
            {name}
          </option>
        ))}
      </Select>
      <Textarea {...field('reason')} label={words.reason} minRows={2} maxRows={8} />
    </AdminForm>
  )
}

const COLUMNS: Column<Loaded['rows'][number]>[] = [
  {
    key: 'name',
    header: words.columns.name,
    rowHeader: true,
    cell: ({ name, to }) => (
      <Link className="row-link" to={to}>
        {name}
      </Link>
    ),
  },
  { key: 'origin', header: words.columns.origin, cell: ({ base }) => (base ? words.copied(base) : words.shipped) },
  { key: 'published', header: words.columns.published, cell: ({ published }) => published ?? words.always },
  { key: 'use', header: words.columns.use, cell: ({ uses }) => words.usedFor(uses) },
]

const KIND_COLUMNS: Column<Loaded['kinds'][number]>[] = [
  { key: 'typology', header: words.choiceColumns.typology, rowHeader: true, cell: ({ name }) => name },
  { key: 'methodology', header: words.choiceColumns.methodology, cell: ({ methodology }) => methodology },
  {
    key: 'why',
    header: words.choiceColumns.why,
    cell: ({ reason, isOwn }) => (
      <>
        {reason ?? words.byDefault}
        {reason && !isOwn && <span className="quiet block">{words.byEntity}</span>}
      </>
    ),
  },
  { key: 'who', header: words.choiceColumns.who, cell: ({ who }) => who },
]
