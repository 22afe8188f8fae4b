import { BodyLong, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { ActionForms, formsNow } from '../../components/improvement/action-forms.tsx'
import { ActionHistory } from '../../components/improvement/action-history.tsx'
import { NotTaken } from '../../components/not-taken.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { ActionChip, TermChip } from '../../components/state-chip.tsx'
import { loadAction } from '../../pages/improvement.server.ts'
import { actOnAction } from '../../pages/improvement-actions.server.ts'
import { readAgainAfterNo } from '../../read-again.ts'
import { requireActor } from '../../session.server.ts'
import { formatDay } from '../../text/format.ts'
import { improvementText, actionText as words } from '../../text/improvement.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? words.title(data.action.code) : improvementText.title) },
]

/** Somebody else decided meanwhile: the page shows that, and the forms of now. */
export const shouldRevalidate = readAgainAfterNo

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadAction(context, actor, params.codigo ?? '')
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnAction(context, actor, params.codigo ?? '', request)
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

export default function ActionPage() {
  const { action: one, daysLeft, history, report, drop, verify, check, entryId } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const title = words.title(one.code)
  const files = history.flatMap(({ entry }) => entry?.files ?? [])
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: improvementText.title, to: '/mejora' }, { label: one.code }]} />
        <PageHeader
          title={title}
          chips={
            <>
              <ActionChip status={one.status} />
              {one.chip && one.chip !== 'on_time' && <TermChip state={one.chip} />}
            </>
          }
          state={stateOf(one, daysLeft)}
        />
        <DoneNotice sentences={words.done} />
        <NotTaken
          answer={answer}
          forms={formsNow(one.status, { report, drop, verify, check })}
          written={['body', 'evidence']}
        />
      </div>
      <Section id="accion" title={words.what}>
        <BodyLong className="reading typed">{one.what}</BodyLong>
      </Section>
      <Section id="datos" title={words.facts}>
        <Facts facts={factsOf(one)} />
      </Section>
      <ActionForms action={one} {...{ report, drop, verify, check, entryId, answer, files }} />
      <ActionHistory lines={history} filesAt={`/mejora/${one.code}/archivos`} />
    </VStack>
  )
}

function stateOf({ status, day, owner, checker, checkOn }: Loaded['action'], daysLeft: number): string {
  if (status === 'drop_asked' && day) return words.state.drop_asked(checker, day)
  if (status === 'done' && day) return words.state.done(checker, day)
  if (status === 'verified' && checkOn) return words.state.verified(checker, checkOn)
  return day ? words.state.open(owner, day, daysLeft) : words.state.over
}

function factsOf(one: Loaded['action']): Fact[] {
  const facts: [string, Fact[1] | null][] = [
    [words.origin, <Origin key="origin" one={one} />],
    [words.plan, one.findingCode && <PlanLink key="plan" code={one.findingCode} />],
    [words.followedBy, one.followedBy && <PlanLink key="next" code={one.followedBy} />],
    [words.target, one.target],
    [words.segment, one.segment],
    [words.agency, one.agency],
    [words.owner, one.owner],
    [words.indicator, one.indicator],
    [words.due, formatDay(one.dueDate)],
    [words.priority, one.priority && words.priorities[one.priority]],
    [words.result, one.result],
    [words.checker, one.checker],
    [words.checkOn, one.checkOn && words.fromDay(one.checkOn)],
  ]
  return facts.filter((fact): fact is Fact => fact[1] !== null && fact[1] !== '')
}

function PlanLink({ code }: { code: string }) {
  return <Link to={`/mejora/hallazgos/${code}`}>{code}</Link>
}

function Origin({ one }: { one: Loaded['action'] }) {
  const { origin, cycleId, cycleName, vigencia, stepVersionId, summaryAgencyId } = one
  if (!cycleId || !cycleName || vigencia === null) return words.origins[origin]
  const label = words.ofCycle(words.origins[origin], cycleName, vigencia)
  const to = stepVersionId
    ? `/ejercicios/${cycleId}/pasos/6/versiones/${stepVersionId}`
    : `/resultados/${cycleId}${summaryAgencyId ? `/${summaryAgencyId}` : ''}`
  return <Link to={to}>{label}</Link>
}
