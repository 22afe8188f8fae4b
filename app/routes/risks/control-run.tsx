import { BodyLong, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { History } from '../../components/history.tsx'
import { NotTaken } from '../../components/not-taken.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { EvidenceTable } from '../../components/risks/evidence-table.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { RUN_FORMS, RunForms } from '../../components/risks/run-forms.tsx'
import { Section } from '../../components/section.tsx'
import { RunChip } from '../../components/state-chip.tsx'
import { actOnRun, loadRun } from '../../pages/control-run.server.ts'
import { readAgainAfterNo } from '../../read-again.ts'
import { requireActor } from '../../session.server.ts'
import { period, runText as words } from '../../text/control-runs.ts'
import { formatDate, formatDay, formatInstant } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'
import { HISTORY_SECTION, timelineText } from '../../text/timeline.ts'

const placeOf = (params: { codigo?: string; control?: string; periodo?: string }) => ({
  ...{ risk: params.codigo ?? '', control: params.control ?? '', start: params.periodo ?? '' },
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? words.of(period(data.period)) : words.crumb) },
]

/** Somebody else decided meanwhile: the page shows the run of now, and what may be done with that. */
export const shouldRevalidate = readAgainAfterNo

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadRun(context, actor, placeOf(params), new URL(request.url).searchParams)
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  return await actOnRun(context, await requireActor(request, context), placeOf(params), request)
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** One run of a control: its days, what was done with it, and what this person may do now. */
export default function ControlRun() {
  const run = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { risk, control, acts, evidence, may, whyNot } = run
  const to = `/riesgos/${risk}/controles/${control}`
  return (
    <VStack gap="space-32">
      <div>
        <RiskCrumbs risk={risk} crumbs={[{ label: control, to }, { label: words.crumb }]} />
        <PageHeader title={words.of(period(run.period))} state={<RunChip status={run.status} />} />
        <DoneNotice sentences={words.done} />
        <NotTaken answer={answer} forms={may ? RUN_FORMS[may] : []} written={['note', 'reason']} />
      </div>
      {run.isToDo && (
        <BodyLong className="reading">
          {words.asked(period(run.period), formatDay(run.missedOn ? run.lateUntil : run.dueOn))}
        </BodyLong>
      )}
      <Facts facts={factsOf(run)} />
      {may && <RunForms run={run} may={may} answer={answer} />}
      {whyNot && <p className="quiet reading">{whyNot}</p>}
      {evidence.length > 0 && (
        <Section id="evidencia" title={words.evidenceTitle}>
          <EvidenceTable caption={words.evidenceCaption} rows={evidence} />
        </Section>
      )}
      <Section id="actos" title={words.historyTitle}>
        {acts.length > 0 ? (
          <DataTable
            caption={words.historyCaption}
            hideCaption
            columns={ACT_COLUMNS}
            rows={acts}
            rowKey={(row) => row.id}
          />
        ) : (
          <p>{words.noHistory}</p>
        )}
      </Section>
      <Section id={HISTORY_SECTION} title={timelineText.title}>
        <History history={run.history} />
      </Section>
    </VStack>
  )
}

function factsOf(run: Loaded): Fact[] {
  const facts: Fact[] = [
    [
      words.facts.does,
      <span key="does" className="typed">
        {[run.action, run.complement].filter(Boolean).join('. ')}
      </span>,
    ],
    [
      words.facts.risk,
      <span key="risk">
        <Link to={`/riesgos/${run.risk}`}>{run.risk}</Link>: <span className="typed">{run.riskWords}</span>
      </span>,
    ],
    [words.facts.owner, run.owner],
    [words.facts.period, period(run.period)],
    [words.facts.opens, formatDate(run.opensOn)],
    [words.facts.due, formatDate(run.dueOn)],
  ]
  if (run.missedOn !== null) facts.push([words.facts.missed, formatDate(run.missedOn)])
  if (!run.isClosed && run.missedOn !== null) facts.push([words.facts.late, formatDate(run.lateUntil)])
  return facts
}

const ACT_COLUMNS: Column<Loaded['acts'][number]>[] = [
  {
    key: 'what',
    header: words.history.what,
    rowHeader: true,
    cell: ({ kind, isUnderWay }) => (isUnderWay ? `${words.acts[kind]} (${words.underWay})` : words.acts[kind]),
  },
  {
    key: 'who',
    header: words.history.who,
    cell: ({ person, position, actingFor }) => (
      <>
        {actingFor ? words.actingFor(person, actingFor) : person} <span className="quiet block">{position}</span>
      </>
    ),
  },
  { key: 'when', header: words.history.when, cell: ({ at }) => formatInstant(at) },
  { key: 'text', header: words.history.text, cell: ({ text }) => text },
]
