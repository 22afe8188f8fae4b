import { Alert, Button, HStack, Select, Textarea, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { FollowSummary } from '../../components/risks/follow-summary.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { ZoneChip } from '../../components/risks/zone-chip.tsx'
import { Section } from '../../components/section.tsx'
import { EvidenceChip } from '../../components/state-chip.tsx'
import { actOnRisk } from '../../pages/risk-actions.server.ts'
import { loadRisk } from '../../pages/risks.server.ts'
import { requireActor } from '../../session.server.ts'
import { controlAddress, controlsText } from '../../text/automatic-checks.ts'
import { formatInstant, formatNumber } from '../../text/format.ts'
import { overrideText } from '../../text/residual-overrides.ts'
import { riskImportText as imports } from '../../text/risk-imports.ts'
import { assessmentText, moveText } from '../../text/risk-moves.ts'
import { treatmentText } from '../../text/risk-treatment.ts'
import { risksText, riskText as words } from '../../text/risks.ts'
import { shellText } from '../../text/shell.ts'
import { riseText } from '../../text/standing-moves.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: shellText.title(words.of(data?.code ?? '')) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  return await loadRisk(context, await requireActor(request, context), params.codigo ?? '')
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnRisk(context, actor, params.codigo ?? '', await request.formData())
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** A risk, where it stands before and after its controls, and how that comes about. */
export default function Risk() {
  const risk = useLoaderData<typeof loader>()
  const { code, description, places, controls, traces, assessments, whyNot } = risk
  const to = `/riesgos/${code}`
  return (
    <VStack gap="space-32">
      <div>
        <RiskCrumbs crumbs={[{ label: code }]} />
        <PageHeader title={words.of(code)} state={description} />
        <DoneNotice sentences={{ ...words.done, respuesta: riseText.done }} />
        {risk.alerts.map((one) => (
          <Alert key={one.id} variant="warning" className="reading">
            {one.line} <Link to={`/riesgos/${code}/respuesta`}>{riseText.open}</Link>
          </Alert>
        ))}
      </div>
      <Section id="lugar" title={words.placesTitle}>
        <OverrideNotice risk={risk} />
        <DataTable
          caption={words.placesCaption}
          hideCaption
          columns={PLACE_COLUMNS}
          rows={places}
          rowKey={(row) => row.name}
        />
      </Section>
      <Facts facts={factsOf(risk)} />
      <Section id="controles" title={words.controlsTitle}>
        <VStack gap="space-16">
          {controls.length > 0 ? (
            <DataTable
              caption={words.controlsCaption}
              hideCaption
              columns={CONTROL_COLUMNS}
              rows={controls}
              rowKey={(row) => row.code}
            />
          ) : (
            <p>{words.noControls}</p>
          )}
          {whyNot ? (
            <p className="quiet">{whyNot}</p>
          ) : (
            <HStack gap="space-16" wrap>
              <Button as={Link} to={`${to}/controles/nuevo`}>
                {words.addControl}
              </Button>
              <Button as={Link} to={`${to}/valoracion`} variant="secondary">
                {words.reassess}
              </Button>
              <Button as={Link} to={`${to}/traslado`} variant="tertiary">
                {moveText.link}
              </Button>
            </HStack>
          )}
        </VStack>
      </Section>
      <Section id="calculo" title={words.traceTitle}>
        {traces.length > 0 ? (
          <DataTable caption={words.traceCaption} columns={TRACE_COLUMNS} rows={traces} rowKey={(row) => row.control} />
        ) : (
          <p>{words.noTrace}</p>
        )}
      </Section>
      <Treatment code={code} treatment={risk.treatment} />
      <FollowSummary code={code} summary={risk.follow} mayRecord={risk.mayRecord} />
      <Section id="valoraciones" title={words.historyTitle}>
        <DataTable
          caption={words.historyCaption}
          columns={HISTORY_COLUMNS}
          rows={assessments}
          rowKey={(row) => String(row.n)}
        />
      </Section>
      {!whyNot && <Retire controls={controls} />}
    </VStack>
  )
}

/** What is done about the risk, and what comes next. */
function Treatment({ code, treatment: { inForce, isAcceptanceAsked, next } }: Pick<Loaded, 'code' | 'treatment'>) {
  return (
    <Section id="tratamiento" title={treatmentText.title}>
      <VStack gap="space-16">
        <p>{treatmentText.inForce(inForce, isAcceptanceAsked) || treatmentText.none}</p>
        {next ? (
          <Alert variant="warning" className="reading">
            {treatmentText.next[next]}
          </Alert>
        ) : (
          !inForce && <p>{treatmentText.tolerated}</p>
        )}
        <Link className="row-link" to={`/riesgos/${code}/tratamiento`}>
          {treatmentText.open}
        </Link>
      </VStack>
    </Section>
  )
}

/** Where what was typed in the file stands as it was. */
function Origin({ importId, fileName, line }: NonNullable<Loaded['origin']>) {
  return (
    <Link className="row-link" to={`/riesgos/importar/${importId}`}>
      {imports.originLine(fileName, line)}
    </Link>
  )
}

/** That somebody wrote over the residual, or that it lapsed; and the way to do so. */
function OverrideNotice({ risk: { code, override, whyNot } }: { risk: Loaded }) {
  const to = `/riesgos/${code}/residual`
  return (
    <>
      {override?.state === 'stands' && (
        <Alert variant="warning" className="reading">
          {overrideText.standing(override.written, override.computed, override.who)} {override.reason}
        </Alert>
      )}
      {override?.state === 'lapsed' && (
        <Alert variant="info" className="reading">
          {overrideText.lapsed(override.on)}
        </Alert>
      )}
      <Link className="row-link" to={to}>
        {whyNot ? overrideText.seeLink : overrideText.link}
      </Link>
    </>
  )
}

function factsOf(risk: Loaded): Fact[] {
  const { answers } = risk
  const { facts } = words
  const causes = [answers.immediateCause, answers.rootCause, answers.threat, answers.vulnerability]
  const found: Fact[] = [
    [facts.process, answers.process],
    [facts.objective, answers.objective],
    [facts.owner, risk.owner],
    [facts.typology, risk.typology],
    [facts.methodology, risk.methodology],
    [facts.classification, risk.classification],
    [facts.factor, risk.factor],
    [facts.causes, causes.filter((one) => one !== '').join(' · ')],
    [facts.consequences, answers.consequences.split('\n').join(' · ')],
    [facts.times, answers.timesPerYear === null ? '' : formatNumber(answers.timesPerYear)],
  ]
  if (risk.origin) found.push([imports.origin, <Origin key="origin" {...risk.origin} />])
  return found.filter(([, value]) => value !== '')
}

function Retire({ controls }: { controls: Loaded['controls'] }) {
  const answer = useActionData<typeof action>()
  const standing = controls.filter((one) => one.retired === null)
  const field = fieldsOf('retiro', answer)
  if (standing.length === 0) return null
  return (
    <Section id="retirar" title={words.retireTitle}>
      <AdminForm code="retiro" answer={answer} submit={words.retire} danger>
        <p>{words.retireIntro}</p>
        <Select {...field('control')} label={words.retireWhich} className="field--short">
          {standing.map((one) => (
            <option key={one.code} value={one.code}>
              {one.code}
            </option>
          ))}
        </Select>
        <Textarea {...field('reason')} label={words.retireReason} minRows={2} maxRows={8} />
      </AdminForm>
    </Section>
  )
}

const PLACE_COLUMNS: Column<Loaded['places'][number]>[] = [
  { key: 'place', header: words.place, rowHeader: true, cell: ({ name }) => risksText.places[name] },
  {
    key: 'probability',
    header: risksText.probability,
    cell: ({ probability, p }) => `${probability} · ${words.percent(p)}`,
  },
  { key: 'impact', header: risksText.impact, cell: ({ impact, i }) => `${impact} · ${words.percent(i)}` },
  { key: 'zone', header: words.zone, cell: ({ zone }) => <ZoneChip zone={zone} /> },
]

const CONTROL_COLUMNS: Column<Loaded['controls'][number]>[] = [
  {
    key: 'code',
    header: words.controlColumns.code,
    rowHeader: true,
    cell: ({ code, risk }) => (
      <Link className="row-link nowrap" to={`/riesgos/${risk}/controles/${code}`} aria-label={words.openControl(code)}>
        {code}
      </Link>
    ),
  },
  {
    key: 'action',
    header: words.controlColumns.action,
    cell: ({ action: does, complement, retired, shownBy }) => (
      <>
        {does}
        <span className="quiet block">{retired === null ? complement : words.retired(retired)}</span>
        {shownBy !== null && (
          <span className="quiet block">
            {words.shownBy} <Link to={controlAddress(shownBy)}>{controlsText[shownBy].name}</Link>
          </span>
        )}
      </>
    ),
  },
  { key: 'owner', header: words.controlColumns.owner, cell: ({ owner }) => owner },
  { key: 'design', header: words.controlColumns.design, cell: ({ design }) => design },
  { key: 'periodicity', header: words.controlColumns.periodicity, cell: ({ periodicity }) => periodicity },
  {
    key: 'evidence',
    header: words.controlColumns.state,
    cell: ({ evidence }) => evidence && <EvidenceChip state={evidence} />,
  },
]

const TRACE_COLUMNS: Column<Loaded['traces'][number]>[] = [
  { key: 'control', header: words.trace.control, rowHeader: true, cell: ({ control }) => control },
  { key: 'axis', header: words.trace.axis, cell: ({ axis }) => words.axes[axis] },
  { key: 'declared', header: risksText.places.declared, cell: (line) => stepOf(line, line.isScored) },
  { key: 'evidence', header: words.controlColumns.state, cell: ({ evidence }) => <EvidenceChip state={evidence} /> },
  {
    key: 'demonstrated',
    header: risksText.places.demonstrated,
    cell: ({ shown, isScored }) => stepOf(shown, isScored),
  },
]

function stepOf(line: Loaded['traces'][number]['shown'], isScored: boolean): string {
  return isScored ? words.scored(line) : words.step(line)
}

const HISTORY_COLUMNS: Column<Loaded['assessments'][number]>[] = [
  {
    key: 'n',
    header: words.history.n,
    rowHeader: true,
    cell: ({ n, to }) => (
      <Link className="row-link" to={to} aria-label={assessmentText.open(n)}>
        {n}
      </Link>
    ),
  },
  { key: 'zone', header: words.history.zone, cell: ({ zone }) => <ZoneChip zone={zone} /> },
  { key: 'methodology', header: words.history.methodology, cell: ({ methodology }) => methodology },
  { key: 'when', header: words.history.when, cell: ({ at }) => formatInstant(at) },
  { key: 'who', header: words.history.who, cell: ({ position }) => position },
  { key: 'why', header: words.history.why, cell: ({ reason }) => reason ?? words.first },
]
