import { Alert, Button, HStack, Select, Textarea, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { History } from '../../components/history.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { FollowSummary } from '../../components/risks/follow-summary.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { ControlTable, HistoryTable, PlaceTable, TraceTable } from '../../components/risks/risk-tables.tsx'
import { Section } from '../../components/section.tsx'
import { actOnRisk } from '../../pages/risk-actions.server.ts'
import { loadRisk } from '../../pages/risks.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatNumber } from '../../text/format.ts'
import { overrideText } from '../../text/residual-overrides.ts'
import { riskImportText as imports } from '../../text/risk-imports.ts'
import { moveText } from '../../text/risk-moves.ts'
import { treatmentText } from '../../text/risk-treatment.ts'
import { riskText as words } from '../../text/risks.ts'
import { shellText } from '../../text/shell.ts'
import { riseText } from '../../text/standing-moves.ts'
import { HISTORY_SECTION, timelineText } from '../../text/timeline.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: shellText.title(words.of(data?.code ?? '')) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadRisk(context, actor, params.codigo ?? '', new URL(request.url).searchParams)
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
        <PlaceTable rows={places} />
      </Section>
      <Facts facts={factsOf(risk)} />
      <Section id="controles" title={words.controlsTitle}>
        <VStack gap="space-16">
          {controls.length > 0 ? <ControlTable rows={controls} /> : <p>{words.noControls}</p>}
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
        {traces.length > 0 ? <TraceTable rows={traces} /> : <p>{words.noTrace}</p>}
      </Section>
      <Treatment code={code} treatment={risk.treatment} />
      <FollowSummary code={code} summary={risk.follow} mayRecord={risk.mayRecord} />
      <Section id="valoraciones" title={words.historyTitle}>
        <HistoryTable rows={assessments} />
      </Section>
      {!whyNot && <Retire controls={controls} />}
      <Section id={HISTORY_SECTION} title={timelineText.title}>
        <History history={risk.history} />
      </Section>
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
      {(override || !whyNot) && (
        <Link className="row-link" to={to}>
          {whyNot ? overrideText.seeLink : overrideText.link}
        </Link>
      )}
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
