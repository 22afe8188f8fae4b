import { Alert, BodyLong, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { ChipLinks } from '../../components/chip-links.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import type { Answer } from '../../components/form-fields.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { NotTaken } from '../../components/not-taken.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { PauseForm, PauseTable, ResumeForm } from '../../components/risks/control-pauses.tsx'
import { EvidenceTable } from '../../components/risks/evidence-table.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { RunYear } from '../../components/risks/run-year.tsx'
import { Section } from '../../components/section.tsx'
import { EvidenceChip, RunChip } from '../../components/state-chip.tsx'
import { loadControl } from '../../pages/control.server.ts'
import { actOnControl } from '../../pages/control-actions.server.ts'
import { readAgainAfterNo } from '../../read-again.ts'
import { requireActor } from '../../session.server.ts'
import { controlAddress, controlsText } from '../../text/automatic-checks.ts'
import { period, controlText as words } from '../../text/control-runs.ts'
import { formatDate } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'

const placeOf = (params: { codigo?: string; control?: string }) => ({
  ...{ risk: params.codigo ?? '', control: params.control ?? '' },
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(words.of(data?.control ?? '')) },
]

/** Somebody else was faster: the page shows what stands now. */
export const shouldRevalidate = readAgainAfterNo

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadControl(context, actor, placeOf(params), new URL(request.url).searchParams)
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnControl(context, actor, placeOf(params), await request.formData())
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** A control: whether it is shown to work, its year, its runs and what was shown of them. */
export default function Control() {
  const page = useLoaderData<typeof loader>()
  const { risk, control, action: does, complement, isRetired, hasRhythm, runs, evidence, pauses, whyNot } = page
  const answer = useActionData<Answer>()
  const to = `/riesgos/${risk}`
  const mayPause = !whyNot && !isRetired && hasRhythm
  const mayResume = mayPause && page.standingPauses.length > 0
  const forms = [...(mayPause ? ['pausa'] : []), ...(mayResume ? ['reanudar'] : [])]
  return (
    <VStack gap="space-32">
      <div>
        <RiskCrumbs risk={risk} crumbs={[{ label: control }]} />
        <PageHeader title={words.of(control)} state={does} />
        <DoneNotice sentences={words.done} />
        <NotTaken answer={answer} forms={forms} written={['reason']} />
        {isRetired && (
          <Alert variant="info" className="reading">
            {words.retired}
          </Alert>
        )}
      </div>
      <BodyLong className="reading">{complement}</BodyLong>
      <Facts facts={factsOf(page)} />
      {hasRhythm ? <Year {...page} /> : <p className="reading">{words.noRhythm}</p>}
      <Section id="ejecuciones" title={words.runsTitle}>
        {runs.length > 0 ? (
          <DataTable
            caption={words.runsCaption}
            hideCaption
            columns={runColumns(`${to}/controles/${control}`)}
            rows={runs}
            rowKey={(row) => row.start}
          />
        ) : (
          <p>{words.noRuns}</p>
        )}
        <Pagination next={page.nextRuns} name="ejecuciones" />
        <ListFiles list="control_runs" of={{ control }} />
      </Section>
      <Section id="evidencia" title={words.evidenceTitle}>
        {evidence.length > 0 ? (
          <EvidenceTable caption={words.evidenceCaption} rows={evidence} />
        ) : (
          <p>{page.shownBy ? words.noEvidenceButCheck : words.noEvidence}</p>
        )}
        <Pagination next={page.nextEvidence} name="evidencias" />
      </Section>
      <PauseTable pauses={pauses} />
      {mayResume && <ResumeForm {...page} standing={page.standingPauses} />}
      {mayPause && <PauseForm {...page} />}
    </VStack>
  )
}

function factsOf({ owner, risk, standing, periodicity, shownBy }: Loaded): Fact[] {
  const facts: Fact[] = [
    [words.facts.owner, owner],
    [words.facts.periodicity, periodicity],
    [
      words.facts.risk,
      <Link key="risk" to={`/riesgos/${risk}`}>
        {risk}
      </Link>,
    ],
    [words.facts.evidence, <EvidenceChip key="evidence" state={standing.state} />],
  ]
  if (standing.until !== null) facts.push([words.facts.until, formatDate(standing.until)])
  if (shownBy)
    facts.push([
      words.facts.shownBy,
      <span key="check">
        <Link to={controlAddress(shownBy.check)}>{controlsText[shownBy.check].name}</Link>. {shownBy.sentence}
      </span>,
    ])
  return facts
}

function Year({ year, thisYear, months }: Loaded) {
  const years = [...new Set([year - 1, year, year + 1, thisYear])].filter((one) => one <= thisYear + 1).sort()
  return (
    <Section id="calendario" title={words.yearTitle(year)}>
      <VStack gap="space-16">
        <ChipLinks
          label={words.years}
          chips={years.map((one) => ({ label: String(one), to: `?anio=${one}#calendario`, current: one === year }))}
        />
        <RunYear year={year} months={months} />
      </VStack>
    </Section>
  )
}

function runColumns(to: string): Column<Loaded['runs'][number]>[] {
  return [
    {
      key: 'period',
      header: words.runColumns.period,
      rowHeader: true,
      cell: ({ start, end }) => (
        <Link className="row-link" to={`${to}/ejecuciones/${start}`} aria-label={words.openRun(period({ start, end }))}>
          {period({ start, end })}
        </Link>
      ),
    },
    { key: 'due', header: words.runColumns.due, cell: ({ dueOn }) => formatDate(dueOn) },
    {
      key: 'status',
      header: words.runColumns.status,
      cell: ({ status, missedOn }) => (
        <>
          <RunChip status={status} />
          {missedOn !== null && status !== 'missed' && (
            <span className="quiet block">{words.missedOn(formatDate(missedOn))}</span>
          )}
        </>
      ),
    },
    { key: 'executed', header: words.runColumns.executed, cell: ({ executedBy }) => executedBy },
    { key: 'checked', header: words.runColumns.checked, cell: ({ checkedBy }) => checkedBy },
  ]
}
