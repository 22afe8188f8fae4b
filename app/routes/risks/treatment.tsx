import { Alert, BodyLong, Radio, RadioGroup, Tag, Textarea, TextField, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { ACCEPTANCE_VERDICTS, DECIDED_TREATMENTS } from '../../../domain/risk-treatment.ts'
import { AdminForm } from '../../components/admin-form.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { type Answer, fieldsOf } from '../../components/form-fields.tsx'
import { NativeField } from '../../components/native-field.tsx'
import { NotTaken } from '../../components/not-taken.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { Acceptance } from '../../components/risks/acceptance.tsx'
import { OwnerField } from '../../components/risks/owner-field.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { ZoneChip } from '../../components/risks/zone-chip.tsx'
import { Section } from '../../components/section.tsx'
import { actOnTreatment, loadTreatment } from '../../pages/risk-treatment.server.ts'
import { readAgainAfterNo } from '../../read-again.ts'
import { requireActor } from '../../session.server.ts'
import { formatDate, formatInstant } from '../../text/format.ts'
import { treatmentText as words } from '../../text/risk-treatment.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: shellText.title(words.of(data?.code ?? '')) }]

/** Somebody else decided meanwhile: the page shows what stands now, and what may be done with that. */
export const shouldRevalidate = readAgainAfterNo

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadTreatment(context, actor, params.codigo ?? '', new URL(request.url).searchParams)
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnTreatment(context, actor, params.codigo ?? '', request)
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** What is done about a risk, the plan of who reduces it, and whether it is accepted. */
export default function Treatment() {
  const loaded = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { code, description, zone, appetite, treatment, acceptance, whyNot } = loaded
  const isAsked = acceptance?.status === 'asked'
  // Whoever is asked to decide finds that first.
  const isDeciding = loaded.may.accept_risk
  return (
    <VStack gap="space-32">
      <div>
        <RiskCrumbs risk={code} crumbs={[{ label: words.title }]} />
        <PageHeader title={words.of(code)} state={description} chips={<ZoneChip zone={zone} />} />
        <DoneNotice sentences={words.done} />
        <NotTaken answer={answer} forms={formsNow(loaded)} written={WRITTEN} />
      </div>
      <VStack gap="space-16" className="reading">
        <BodyLong>{words.intro(zone.name)}</BodyLong>
        <Alert variant={appetite.isWithin ? 'success' : 'warning'} inline>
          {appetite.limit === null
            ? words.appetite.none
            : words.appetite[appetite.isWithin ? 'within' : 'above'](appetite.limit)}
        </Alert>
      </VStack>
      <Section id="tratamiento" title={words.title}>
        <VStack gap="space-16">
          {treatment || isAsked ? <Decided loaded={loaded} /> : <BodyLong>{words.none}</BodyLong>}
          {whyNot && <p className="quiet">{whyNot}</p>}
          {!whyNot && acceptance && <p className="quiet">{words.held}</p>}
        </VStack>
      </Section>
      {(loaded.needsPlan || loaded.plan.rows.length > 0) && <Plan loaded={loaded} answer={answer} />}
      {isDeciding && <Acceptance loaded={loaded} answer={answer} />}
      {!whyNot && !acceptance && <Decide loaded={loaded} answer={answer} />}
      {!isDeciding && <Acceptance loaded={loaded} answer={answer} />}
    </VStack>
  )
}

const WRITTEN = ['what', 'indicator', 'statement', 'reason', 'observation']

/** Codes of the forms that this person finds on the page. */
function formsNow({ whyNot, acceptance, needsPlan, ask, may }: Loaded): string[] {
  const verdicts = acceptance ? ACCEPTANCE_VERDICTS.filter((kind) => may[kind]) : []
  if (whyNot) return verdicts
  const mayAsk = !acceptance && !ask.whyNot && ask.acceptor !== null
  const stands = { tratamiento: !acceptance, pedir: mayAsk, plan: needsPlan }
  return [...Object.entries(stands).flatMap(([form, there]) => (there ? form : [])), ...verdicts]
}

function Decided({ loaded: { treatment, acceptance } }: { loaded: Loaded }) {
  const { facts } = words
  const option = words.inForce(treatment?.option ?? null, acceptance?.status === 'asked')
  const rest: Fact[] = treatment
    ? [
        [facts.statement, treatment.statement],
        [facts.by, treatment.position],
        [facts.at, formatInstant(treatment.at)],
      ]
    : []
  return (
    <>
      {treatment && !treatment.isCurrent && <Alert variant="warning">{words.isEarlier}</Alert>}
      <Facts facts={[[facts.option, option], ...rest]} />
    </>
  )
}

interface FormProps {
  loaded: Loaded
  answer: Answer | undefined
}

function Decide({ loaded: { treatment, formKey }, answer }: FormProps) {
  const field = fieldsOf('tratamiento', answer)
  return (
    <Section id="decidir" title={treatment ? words.changeTitle : words.decideTitle}>
      <AdminForm code="tratamiento" answer={answer} submit={words.decide} hidden={{ formKey }}>
        <RadioGroup {...field('option')} legend={words.option} description={words.acceptHelp}>
          {DECIDED_TREATMENTS.map((one) => (
            <Radio key={one} value={one} description={words.optionHelp[one]}>
              {words.options[one]}
            </Radio>
          ))}
        </RadioGroup>
        <Textarea {...field('statement')} label={words.statement} minRows={3} maxRows={10} />
      </AdminForm>
    </Section>
  )
}

function Plan({ loaded, answer }: FormProps) {
  const { plan, hasPlan, whyNot, needsPlan, owners, formKey } = loaded
  const field = fieldsOf('plan', answer)
  return (
    <Section id="plan" title={words.planTitle}>
      <VStack gap="space-24">
        {needsPlan && !hasPlan && (
          <Alert variant="warning" inline>
            {words.planMissing}
          </Alert>
        )}
        {plan.rows.length > 0 && (
          <DataTable
            caption={words.planCaption}
            hideCaption
            columns={PLAN}
            rows={plan.rows}
            rowKey={(row) => row.code}
          />
        )}
        <Pagination next={plan.next} name="plan" />
        {!whyNot && needsPlan && (
          <details open={plan.rows.length === 0 || answer?.values.formulario === 'plan'}>
            <summary>{words.addTitle}</summary>
            <VStack gap="space-16" className="reading" paddingBlock="space-16 space-0">
              <BodyLong>{words.addIntro}</BodyLong>
              <AdminForm code="plan" answer={answer} submit={words.add} hidden={{ formKey }} secondary>
                <Textarea {...field('what')} label={words.what} description={words.whatHelp} minRows={2} maxRows={6} />
                <OwnerField field={field('positionId')} label={words.owner} owners={owners} />
                <NativeField {...field('startsOn')} type="date" label={words.starts} />
                <NativeField {...field('dueDate')} type="date" label={words.due} />
                <NativeField {...field('followUpOn')} type="date" label={words.followUp} />
                <TextField {...field('indicator')} label={words.indicator} autoComplete="off" />
              </AdminForm>
            </VStack>
          </details>
        )}
      </VStack>
    </Section>
  )
}

const STATE_COLORS = {
  closed: 'neutral',
  dropped: 'neutral',
  ahead: 'neutral',
  open: 'info',
  overdue: 'danger',
} as const

const PLAN: Column<Loaded['plan']['rows'][number]>[] = [
  {
    key: 'code',
    header: words.columns.code,
    rowHeader: true,
    cell: ({ code }) => (
      <Link className="row-link nowrap" to={`/mejora/${code}`}>
        {code}
      </Link>
    ),
  },
  { key: 'what', header: words.columns.what, cell: ({ what }) => what },
  { key: 'owner', header: words.columns.owner, cell: ({ owner }) => owner },
  { key: 'starts', header: words.columns.starts, cell: ({ startsOn }) => formatDate(startsOn) },
  { key: 'due', header: words.columns.due, cell: ({ dueOn }) => formatDate(dueOn) },
  { key: 'followUp', header: words.columns.followUp, cell: ({ followUpOn }) => formatDate(followUpOn) },
  {
    key: 'state',
    header: words.columns.state,
    cell: ({ state }) => (
      <Tag size="small" variant="moderate" data-color={STATE_COLORS[state]}>
        {words.states[state]}
      </Tag>
    ),
  },
]
