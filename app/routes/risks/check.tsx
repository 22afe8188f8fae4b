import { Alert, BodyLong, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { differenceOf, type Violation } from '../../../domain/controls.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { HashShort } from '../../components/hash-short.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { ChecksProgress, RunChecks } from '../../components/risks/run-checks.tsx'
import { VIOLATION_COLUMNS, violationKey } from '../../components/risks/violations.tsx'
import { Section } from '../../components/section.tsx'
import { ControlChip } from '../../components/state-chip.tsx'
import { useReload } from '../../components/use-reload.ts'
import { actOnChecks, loadCheck } from '../../pages/checks.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import {
  controlAddress,
  controlsText,
  failureName,
  violationLabel,
  violationSentence,
  checksText as words,
} from '../../text/automatic-checks.ts'
import { differenceText } from '../../text/differences.ts'
import { formatDecimal, formatInstant, formatNumber } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? controlsText[data.control].name : words.title) },
]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadCheck(context, actor, params.control ?? '', new URL(request.url).searchParams)
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const formKey = requireId(String((await request.formData()).get('formKey') ?? ''), context)
  return await actOnChecks(context, actor, formKey, params.control ?? '')
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** One automatic control: what it proves, what breaks it now, and every run of it. */
export default function Check() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { control, standing, progress, runs } = page
  const { name } = controlsText[control]
  useReload(progress !== null)
  return (
    <VStack gap="space-32">
      <div>
        <RiskCrumbs crumbs={[{ label: words.title, to: '/riesgos/autocontroles' }, { label: name }]} />
        <PageHeader
          title={name}
          chips={<ControlChip state={standing.state} />}
          action={<RunChecks {...page} label={words.runOne} />}
        />
        <DoneNotice sentences={{ explicado: differenceText.done, ...(progress ? words.done : {}) }} />
      </div>
      <ChecksProgress progress={progress} answer={answer} />
      <Facts facts={factsOf(page)} />
      {page.facts.waiting !== undefined && (
        <Alert variant="info" className="reading">
          {words.waiting(Number(page.facts.histories), Number(page.facts.waiting))}
        </Alert>
      )}
      <Violations page={page} />
      <ExplainedDifferences {...page} />
      <Section id="ejecuciones" title={words.history}>
        {runs.rows.length === 0 ? (
          <EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>
        ) : (
          <>
            <DataTable
              caption={words.historyCaption}
              hideCaption
              columns={runColumns(controlsText[control].looked)}
              rows={runs.rows}
              rowKey={(row) => row.id}
            />
            <Pagination next={runs.next} />
            <ListFiles list="automatic_check_runs" of={{ autocontrol: controlsText[control].address }} />
          </>
        )}
      </Section>
    </VStack>
  )
}

function factsOf({ control, standing, facts }: Loaded): Fact[] {
  const { proves, source, looked } = controlsText[control]
  const { lastAt, lookedAt, severity } = standing
  return [
    [words.proves, proves],
    [words.source, source],
    [words.columns.severity, words.severities[severity]],
    [words.columns.last, lastAt === null ? words.never : formatInstant(lastAt)],
    ...(lookedAt === null ? [] : ([[words.columns.looked, words.looked(lookedAt, looked)]] satisfies Fact[])),
    ...Object.entries(facts).map(([code, value]): Fact => [words.facts[code] ?? code, shownFact(code, value)]),
  ]
}

function shownFact(code: string, value: string | number): string {
  if (code === 'taken_at') return formatInstant(String(value))
  return formatNumber(code === 'open' ? String(value).split(' ').length : Number(value))
}

/** What breaks it by its last run, each with the page where it is put right. */
function Violations({ page }: { page: Loaded }) {
  const { standing, violations, failureCode } = page
  if (standing.openSince === null) return null
  return (
    <Section id="incumple" title={words.violations}>
      <VStack gap="space-16">
        <Alert variant="error" className="reading">
          {`${words.incident}: ${words.openSince(formatInstant(standing.openSince))}. ${page.isExplained ? differenceText.incidentHelp : words.incidentHelp}`}
        </Alert>
        {failureCode !== null && <BodyLong className="reading">{failureName(failureCode)}</BodyLong>}
        {violations.length > 0 && (
          <DataTable
            caption={words.violationsCaption}
            columns={columnsOf(page)}
            rows={violations}
            rowKey={violationKey}
          />
        )}
        {standing.found !== null && standing.found > violations.length && (
          <p>{words.violationsMore(violations.length, standing.found)}</p>
        )}
      </VStack>
    </Section>
  )
}

/** One line of what breaks it; where nothing puts it right, with the way to explain it. */
function columnsOf({ control, isExplained, answeredFor, whyNot }: Loaded): Column<Violation>[] {
  if (!isExplained || whyNot) return VIOLATION_COLUMNS
  const explain = (violation: Violation) => {
    const difference = differenceOf(control, violation)
    if (difference === null) return differenceText.putRight
    if (answeredFor.includes(difference)) return differenceText.answered
    const place = `${controlAddress(control)}/explicar?${new URLSearchParams({ diferencia: difference })}`
    return <Link to={place}>{differenceText.link}</Link>
  }
  return [...VIOLATION_COLUMNS, { key: 'explain', header: differenceText.column, cell: explain }]
}

/** What was found, cannot be undone and somebody answers for. */
function ExplainedDifferences({ explained }: Loaded) {
  if (explained.rows.length === 0) return null
  return (
    <Section id="explicadas" title={differenceText.explained}>
      <DataTable
        caption={differenceText.explainedCaption}
        hideCaption
        columns={EXPLAINED_COLUMNS}
        rows={explained.rows}
        rowKey={(row) => row.id}
      />
      <Pagination next={explained.next} name="explicadas" />
    </Section>
  )
}

const EXPLAINED_COLUMNS: Column<Loaded['explained']['rows'][number]>[] = [
  {
    key: 'what',
    header: differenceText.columns.what,
    rowHeader: true,
    cell: ({ violations, found }) => (
      <ul>
        {violations.map((violation) => (
          <li key={violationKey(violation)}>
            {violationLabel(violation)}: {violationSentence(violation)}
          </li>
        ))}
        {found > violations.length && <li>{differenceText.others(found - violations.length)}</li>}
      </ul>
    ),
  },
  { key: 'note', header: differenceText.columns.note, cell: ({ note }) => <span className="typed">{note}</span> },
  { key: 'who', header: differenceText.columns.who, cell: ({ person, position }) => `${person}, ${position}` },
  { key: 'when', header: differenceText.columns.when, cell: ({ at }) => formatInstant(at) },
]

const runColumns = (looked: string): Column<Loaded['runs']['rows'][number]>[] => [
  {
    key: 'when',
    header: words.columns.when,
    rowHeader: true,
    cell: ({ finishedAt }) => formatInstant(finishedAt),
  },
  { key: 'result', header: words.columns.state, cell: ({ result }) => <ControlChip state={result} /> },
  {
    key: 'looked',
    header: words.columns.looked,
    cell: ({ lookedAt }) => (lookedAt === null ? '' : words.looked(lookedAt, looked)),
  },
  {
    key: 'found',
    header: words.columns.found,
    numeric: true,
    cell: ({ found }) => (found === null ? '' : formatNumber(found)),
  },
  { key: 'asked', header: words.columns.asked, cell: ({ askedBy }) => askedBy ?? words.bySchedule },
  {
    key: 'duration',
    header: words.columns.duration,
    numeric: true,
    cell: ({ seconds }) => words.seconds(formatDecimal(seconds)),
  },
  { key: 'hash', header: words.columns.hash, cell: ({ contentHash }) => <HashShort hash={contentHash} /> },
]
