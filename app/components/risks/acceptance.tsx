import { Alert, BodyLong, Tag, Textarea, VStack } from '@navikt/ds-react'
import { ACCEPTANCE_VERDICTS, type AcceptanceStatus, type AcceptanceVerdict } from '../../../domain/risk-treatment.ts'
import type { loadTreatment } from '../../pages/risk-treatment.server.ts'
import { formatDate, formatInstant } from '../../text/format.ts'
import { acceptanceText as words } from '../../text/risk-treatment.ts'
import { risksText, riskText } from '../../text/risks.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Column, DataTable } from '../data-table.tsx'
import { type Fact, Facts } from '../facts.tsx'
import { type Answer, errorsOf, fieldsOf } from '../form-fields.tsx'
import { NativeField } from '../native-field.tsx'
import { Pagination } from '../pagination.tsx'
import { ProvedField } from '../proved-field.tsx'
import { Section } from '../section.tsx'
import { Timeline } from '../timeline.tsx'
import { VerdictSignatures } from '../verdict-signatures.tsx'
import { ZoneChip } from './zone-chip.tsx'

type Loaded = Awaited<ReturnType<typeof loadTreatment>>
type Shown = NonNullable<Loaded['acceptance']>

interface Props {
  loaded: Loaded
  answer: Answer | undefined
}

const COLORS: Record<AcceptanceStatus, 'info' | 'success' | 'danger' | 'neutral' | 'warning'> = {
  ...{
    asked: 'info',
    accepted: 'success',
    declined: 'danger',
    withdrawn: 'neutral',
    lapsed: 'warning',
    expired: 'neutral',
  },
}

export function AcceptanceChip({ status }: { status: AcceptanceStatus }) {
  return (
    <Tag size="small" variant="moderate" data-color={COLORS[status]}>
      {words.chips[status]}
    </Tag>
  )
}

/** Whether a risk is accepted, by whom and as what it stood; and what this person may do about it. */
export function Acceptance({ loaded, answer }: Props) {
  const { acceptance, earlier, signatures, history, underway, may, whyNot } = loaded
  return (
    <>
      <Section id="aceptacion" title={words.title}>
        <VStack gap="space-16">
          {acceptance ? <Standing acceptance={acceptance} /> : <BodyLong>{words.none}</BodyLong>}
          {underway && <Alert variant="info">{words.states.asked(acceptance?.acceptor ?? '')}</Alert>}
          {!acceptance && !whyNot && <Ask {...loaded} answer={answer} />}
        </VStack>
      </Section>
      {acceptance &&
        ACCEPTANCE_VERDICTS.filter((kind) => may[kind]).map((kind) => (
          <Verdict key={kind} kind={kind} acceptance={acceptance} loaded={loaded} answer={answer} />
        ))}
      <VerdictSignatures title={words.signatures} signatures={signatures} said={words.said} receipt={words.receipt} />
      {earlier.rows.length > 0 && (
        <Section id="anteriores" title={words.earlier}>
          <VStack gap="space-16">
            <DataTable
              caption={words.earlierCaption}
              hideCaption
              columns={EARLIER}
              rows={earlier.rows}
              rowKey={(row) => row.id}
            />
            <Pagination next={earlier.next} name="antes" />
          </VStack>
        </Section>
      )}
      {history.length > 0 && (
        <Section id="historia" title={words.history}>
          <Timeline lines={history} />
        </Section>
      )}
    </>
  )
}

function Standing({ acceptance }: { acceptance: Shown }) {
  const { status, acceptor, until, reason, zone, controls, position, askedAt } = acceptance
  const { facts } = words
  const shown: Fact[] = [
    [facts.zone, <ZoneChip key="zone" zone={zone} />],
    [facts.reason, reason],
    [facts.until, formatDate(until)],
    [facts.controls, evidenceOf(controls)],
    [facts.acceptor, acceptor],
    [facts.asked, words.byAsker(position, formatInstant(askedAt))],
  ]
  return (
    <VStack gap="space-16">
      <BodyLong>
        <AcceptanceChip status={status} /> {words.states[status](acceptor, until)}
      </BodyLong>
      <Facts facts={shown} />
    </VStack>
  )
}

function evidenceOf(controls: Shown['controls']): string {
  if (controls.length === 0) return words.noControls
  return controls.map(({ code, evidence }) => `${code}: ${riskText.evidence[evidence].toLowerCase()}`).join(' · ')
}

function Ask({ ask, formKey, answer }: Pick<Loaded, 'ask' | 'formKey'> & { answer: Answer | undefined }) {
  if (ask.whyNot || ask.acceptor === null) return <BodyLong className="quiet">{ask.whyNot}</BodyLong>
  const field = fieldsOf('pedir', answer)
  return (
    <VStack gap="space-16" className="reading">
      <BodyLong>{words.askIntro(ask.acceptor, ask.until)}</BodyLong>
      <AdminForm code="pedir" answer={answer} submit={words.ask} hidden={{ formKey }} secondary>
        <Textarea {...field('reason')} label={words.reason} minRows={3} maxRows={10} />
        <NativeField {...field('until')} type="date" label={words.until} />
      </AdminForm>
    </VStack>
  )
}

interface VerdictProps extends Props {
  kind: AcceptanceVerdict
  acceptance: Shown
}

function Verdict({ kind, acceptance, loaded, answer }: VerdictProps) {
  const { title, submit, text } = words.verdicts[kind]
  return (
    <Section id={kind} title={title}>
      <AdminForm
        code={kind}
        answer={answer}
        submit={submit}
        hidden={{ acceptanceId: acceptance.id, contentHash: acceptance.contentHash }}
        secondary={kind !== 'accept_risk'}
        danger={kind === 'decline_risk'}
      >
        <Textarea {...fieldsOf(kind, answer)('observation')} label={text} minRows={2} maxRows={8} />
        <BodyLong weight="semibold">{loaded.statements[kind]}</BodyLong>
        {loaded.asksPassword && <ProvedField form={kind} errors={errorsOf(kind, answer)} />}
      </AdminForm>
    </Section>
  )
}

const EARLIER: Column<Shown>[] = [
  { key: 'asked', header: words.columns.asked, rowHeader: true, cell: ({ askedAt }) => formatInstant(askedAt) },
  { key: 'state', header: words.columns.state, cell: ({ status }) => <AcceptanceChip status={status} /> },
  { key: 'zone', header: risksText.columns.demonstrated, cell: ({ zone }) => <ZoneChip zone={zone} /> },
  { key: 'until', header: words.columns.until, cell: ({ until }) => formatDate(until) },
  { key: 'reason', header: words.columns.reason, cell: ({ reason }) => reason },
]
