import { BodyLong, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { CauseAnalyses } from '../../components/improvement/cause-analyses.tsx'
import { FindingFacts } from '../../components/improvement/finding-facts.tsx'
import { AnalyseForm, CloseForm, PlanForm } from '../../components/improvement/plan-forms.tsx'
import { PlannedActions } from '../../components/improvement/planned-actions.tsx'
import { NotTaken } from '../../components/not-taken.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { FindingChip } from '../../components/state-chip.tsx'
import { actOnFinding } from '../../pages/finding-actions.server.ts'
import { loadFinding } from '../../pages/findings.server.ts'
import { readAgainAfterNo } from '../../read-again.ts'
import { requireActor } from '../../session.server.ts'
import { paperText } from '../../text/audit-samples.ts'
import { findingsText, findingText as words } from '../../text/findings.ts'
import { formatInstant } from '../../text/format.ts'
import { improvementText } from '../../text/improvement.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? words.of(data.finding.code) : findingsText.title) },
]

/** Somebody else was faster: the page shows how the finding stands now. */
export const shouldRevalidate = readAgainAfterNo

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  return await loadFinding(context, await requireActor(request, context), params.codigo ?? '')
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnFinding(context, actor, params.codigo ?? '', await request.formData())
}

const WRITTEN = ['steps', 'root', 'what', 'indicator', 'note']

/** A finding and its plan: why it happened, what is done about it, whether that had an effect, and its closing. */
export default function Finding() {
  const { finding, analyses, actions, owners, analyse, plan, close, formKey, paper } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { code, status, closedAt, closedBy, closingNote } = finding
  const isToAnalyse = status === 'to_analyse'
  const stands = { causas: isToAnalyse && analyse.may, accion: plan.may, cierre: close.may }
  const forms = Object.entries(stands).flatMap(([form, there]) => (there ? form : []))
  const crumbs = [
    { label: improvementText.title, to: '/mejora' },
    { label: findingsText.title, to: '/mejora/hallazgos' },
    { label: code },
  ]
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={crumbs} />
        <PageHeader title={words.of(code)} chips={<FindingChip status={status} />} state={stateOf(finding)} />
        <DoneNotice sentences={words.done} />
        <NotTaken answer={answer} forms={forms} written={WRITTEN} />
      </div>
      <Section id="hallazgo" title={words.findingTitle}>
        <FindingFacts finding={finding} />
        {paper && (
          <ul className="links">
            <li>
              <Link to={`/auditoria/muestras/${paper.code}/${paper.ordinal}`}>
                {paperText.from(paper.code, paper.ordinal)}
              </Link>
            </li>
          </ul>
        )}
      </Section>
      <Section id="causas" title={words.causesTitle}>
        <VStack gap="space-16">
          {finding.round > 1 && <BodyLong className="reading">{words.again(finding.round)}</BodyLong>}
          <CauseAnalyses analyses={analyses} />
          {isToAnalyse && <AnalyseForm right={analyse} {...{ formKey, answer }} />}
        </VStack>
      </Section>
      <Section id="acciones" title={words.actionsTitle}>
        <VStack gap="space-16">
          <PlannedActions actions={actions} />
          {status !== 'closed' && <PlanForm right={plan} {...{ formKey, answer, owners }} />}
        </VStack>
      </Section>
      <Section id="cierre" title={words.closeTitle}>
        {closedAt && closedBy ? (
          <VStack gap="space-8" className="reading">
            <BodyLong>{words.closedBy(closedBy, formatInstant(closedAt))}</BodyLong>
            <BodyLong className="typed">{closingNote}</BodyLong>
          </VStack>
        ) : (
          <CloseForm right={close} answer={answer} />
        )}
      </Section>
    </VStack>
  )
}

function stateOf({
  status,
  owner,
  dueOn,
  closer,
  lacksActions,
}: ReturnType<typeof useLoaderData<typeof loader>>['finding']): string {
  if (status === 'to_analyse') return words.state.to_analyse(owner, dueOn)
  if (lacksActions) return words.state.without_actions(owner, dueOn)
  return status === 'in_plan' ? words.state.in_plan(closer) : words.state.closed()
}
