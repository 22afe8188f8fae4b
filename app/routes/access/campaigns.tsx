import { BodyLong, Button, Select, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { ReviewCalendar } from '../../components/access/review-calendar.tsx'
import { ReviewTerms } from '../../components/access/review-terms.tsx'
import { AdminForm } from '../../components/admin-form.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { errorsOf, fieldsOf } from '../../components/form-fields.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { ProvedField } from '../../components/proved-field.tsx'
import { Section } from '../../components/section.tsx'
import { CampaignChip } from '../../components/state-chip.tsx'
import { actOnCampaigns, loadCampaigns } from '../../pages/campaigns.server.ts'
import { readAgainAfterNo } from '../../read-again.ts'
import { requireActor } from '../../session.server.ts'
import { accessText } from '../../text/access.ts'
import { formatDate, formatNumber } from '../../text/format.ts'
import { campaignsText as words } from '../../text/reviews.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadCampaigns(context, actor, new URL(request.url).searchParams)
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnCampaigns(request, context, actor)
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>
type Line = Loaded['rows'][number]

export const shouldRevalidate = readAgainAfterNo

export default function Campaigns() {
  const { rows, next, mayLead, calendar, earlier, underReview, opening } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const open = (
    <Button as="a" href="#abrir">
      {words.newTitle}
    </Button>
  )
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: accessText.title, to: '/accesos' }, { label: words.title }]} />
        <PageHeader
          title={words.title}
          state={words.intro}
          action={mayLead && !underReview && rows.length > 0 && open}
        />
        <DoneNotice sentences={words.done} />
      </div>
      <VStack gap="space-24">
        {rows.length > 0 ? (
          <DataTable caption={words.caption} columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />
        ) : (
          <EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>
        )}
        <Pagination next={next} />
        <ListFiles list="campaigns" />
      </VStack>
      {mayLead && (underReview ? <UnderReview {...underReview} /> : <Opening {...opening} answer={answer} />)}
      <ReviewCalendar calendar={calendar} earlier={earlier} mayLead={mayLead} answer={answer} />
    </VStack>
  )
}

function UnderReview({ id, code, vigencia }: NonNullable<Loaded['underReview']>) {
  return (
    <BodyLong className="reading">
      {words.underReview(vigencia)} <Link to={`/accesos/campanas/${id}`}>{code}</Link>.
    </BodyLong>
  )
}

type OpeningProps = Loaded['opening'] & { answer: ReturnType<typeof useActionData<typeof action>> }

function Opening({ formKey, initial, vigencias, asksPassword, answer }: OpeningProps) {
  const field = fieldsOf('abrir', answer, initial)
  return (
    <Section id="abrir" title={words.newTitle}>
      <AdminForm code="abrir" answer={answer} submit={words.submit} hidden={{ formKey }}>
        <p>{words.newIntro}</p>
        <Select {...field('vigencia')} label={words.vigencia} className="field--short">
          {vigencias.map((year) => (
            <option key={year} value={year}>
              {year}
            </option>
          ))}
        </Select>
        <ReviewTerms field={field} />
        {asksPassword && <ProvedField form="abrir" errors={errorsOf('abrir', answer)} />}
      </AdminForm>
    </Section>
  )
}

const COLUMNS: Column<Line>[] = [
  {
    key: 'code',
    header: words.columns.code,
    rowHeader: true,
    cell: ({ id, code }) => (
      <Link className="row-link nowrap" to={`/accesos/campanas/${id}`} aria-label={words.open(code)}>
        {code}
      </Link>
    ),
  },
  { key: 'about', header: words.columns.about, cell: ({ kind, vigencia, cause }) => words.kind(kind, vigencia, cause) },
  { key: 'dueOn', header: words.columns.dueOn, cell: ({ dueOn }) => dueOn && formatDate(dueOn) },
  {
    key: 'answered',
    header: words.columns.answered,
    numeric: true,
    cell: ({ answered, cases }) => words.ofCases(answered, cases),
  },
  { key: 'ended', header: words.columns.ended, numeric: true, cell: ({ ended }) => formatNumber(ended) },
  { key: 'status', header: words.columns.status, cell: ({ status }) => <CampaignChip status={status} /> },
]
