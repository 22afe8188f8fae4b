import { Alert, BodyLong, Button, Heading, HStack, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData, useNavigation, useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'
import { formGroups } from '../../../catalog/forms/index.ts'
import { type ActPage, findActPage } from '../../../db/act-pages.ts'
import { type Trx, withActor } from '../../../db/client.ts'
import { findCycleHead } from '../../../db/cycle-pages.ts'
import { findCycle } from '../../../db/cycles.ts'
import { listObservations, listRunningTerms } from '../../../db/step-pages.ts'
import { entityCalendar } from '../../../db/terms.ts'
import { firstNotApproved } from '../../../domain/cycle-state.ts'
import { STEP_CODES } from '../../../domain/procedures.ts'
import { notFound } from '../../answer.server.ts'
import { mailReceipt } from '../../commands/mail-receipt.server.ts'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { HashShort } from '../../components/hash-short.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Receipt } from '../../components/receipt.tsx'
import { ActChip } from '../../components/state-chip.tsx'
import { waitingOn } from '../../pages/step.server.ts'
import { requireId } from '../../params.server.ts'
import { type Actor, requireActor } from '../../session.server.ts'
import { cycleText, type Waiting } from '../../text/cycles.ts'
import { actText } from '../../text/decisions.ts'
import { formatLongInstant } from '../../text/format.ts'
import { refusalSentence } from '../../text/refusals.ts'
import { shellText } from '../../text/shell.ts'

const AGAIN_MS = 3_000

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: shellText.title(page ? actText.title[page.kind] : actText.crumb) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const actId = requireId(params.acto, context)
  const page = await withActor(context.db, actor, async (trx) => {
    const head = await findCycleHead(trx, cycleId)
    const act = await findActPage(trx, cycleId, actId)
    if (!head || !act) return undefined
    const texts = (await listObservations(trx, actId)).map(({ section, body }) => ({
      title: titleOf(act, section),
      body,
    }))
    const mine = act.personId === actor.personId
    return { cycle: { id: head.id, name: head.name }, act, mine, texts, waiting: await nextOf(trx, actor, cycleId) }
  })
  if (!page) throw notFound(context.requestId)
  const { status } = page.act
  return {
    ...page,
    kind: status === 'stored' ? ('pending' as const) : status === 'refused' ? 'refused' : 'settled',
  } as const
}

/** A copy of the receipt by mail, for whoever acted. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const [cycleId, actId] = [requireId(params.ejercicio, context), requireId(params.acto, context)]
  await mailReceipt(context, actor, { cycleId, actId })
  return redirect(`/ejercicios/${cycleId}/actos/${actId}?hecho=copia`)
}

/** Observations stand on a group of the step's form; any other text is the reason of the act. */
function titleOf({ stepCode }: ActPage, section: string): string {
  const code = STEP_CODES.find((one) => one === stepCode)
  const groups = code ? formGroups(code) : []
  return groups.find((group) => group.code === section)?.title ?? actText.reason
}

/** The step the cycle is at now, and whose turn it is. */
async function nextOf(trx: Trx, { entity }: Actor, cycleId: string): Promise<Waiting | null> {
  const cycle = await findCycle(trx, cycleId)
  const code = cycle && firstNotApproved(cycle.state)
  if (!cycle || !code) return null
  const dueDate = (await listRunningTerms(trx, cycleId))[code]
  const term = dueDate === undefined ? undefined : { dueDate, status: 'running' }
  return waitingOn(cycle, code, term, await entityCalendar(trx, cycle.entityId), entity.dutyNames)
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

export default function Act() {
  const page = useLoaderData<typeof loader>()
  const { act, cycle, kind } = page
  useAgain(kind === 'pending')
  return (
    <>
      <CycleCrumbs cycle={cycle} crumbs={[{ label: actText.crumb }]} />
      {kind === 'pending' && (
        <noscript>
          <meta httpEquiv="refresh" content={String(AGAIN_MS / 1000)} />
        </noscript>
      )}
      <VStack gap="space-24" className="reading">
        <PageHeader title={actText.title[kind]} chips={<ActChip status={act.status} />} />
        <DoneNotice sentences={actText.sent} />
        {kind === 'refused' ? (
          <Alert variant="warning">{actText.refusedState(refusalSentence(act.reasonCode ?? ''))}</Alert>
        ) : (
          <Receipt
            sentence={sentenceOf(page)}
            next={kind === 'pending' ? actText.pendingState : undefined}
            receiptCode={act.receiptCode}
            at={kind === 'pending' ? null : (act.signedAt ?? act.settledAt ?? act.storedAt).toISOString()}
          />
        )}
        <Details page={page} />
        {page.mine && kind !== 'refused' && <Copy />}
        <Next page={page} />
      </VStack>
    </>
  )
}

function sentenceOf({ act, kind, mine }: Page): string {
  if (kind === 'pending') return `${actText.asked(act.kind, act.stepCode)}.`
  return mine ? actText.done(act.kind, act.stepCode) : actText.doneByOther(act.kind, act.stepCode)
}

function Details({ page: { act, texts } }: { page: Page }) {
  return (
    <dl className="described card">
      <div>
        <dt>{actText.who}</dt>
        <dd>{actText.whoLine(act.personName, act.positionName, act.actingFor)}</dd>
      </div>
      <div>
        <dt>{actText.when}</dt>
        <dd>{formatLongInstant(act.signedAt ?? act.storedAt)}</dd>
      </div>
      {act.contentHash && (
        <div>
          <dt>{act.signedAt ? actText.content : actText.contentUnsigned}</dt>
          <dd>
            <HashShort hash={act.contentHash} copy />
          </dd>
        </div>
      )}
      {texts.map(({ title, body }) => (
        <div key={`${title} ${body}`}>
          <dt>{title}</dt>
          <dd className="typed">{body}</dd>
        </div>
      ))}
      {act.statement && (
        <div>
          <dt>{actText.statement}</dt>
          <dd>{act.statement}</dd>
        </div>
      )}
      {act.method && (
        <div>
          <dt>{actText.method}</dt>
          <dd>{act.method}</dd>
        </div>
      )}
    </dl>
  )
}

function Copy() {
  const busy = useNavigation().formMethod === 'POST'
  return (
    <Form method="post" className="no-print">
      <Button type="submit" variant="tertiary" loading={busy}>
        {actText.copy}
      </Button>
    </Form>
  )
}

function Next({ page: { act, cycle, waiting } }: { page: Page }) {
  return (
    <section aria-labelledby="sigue">
      <Heading level="2" size="small" id="sigue" spacing>
        {actText.nextTitle}
      </Heading>
      <BodyLong spacing>{waiting ? cycleText.state(waiting) : actText.nextDone}</BodyLong>
      <HStack gap="space-16" wrap className="no-print">
        <Button as={Link} to="/bandeja">
          {actText.toInbox}
        </Button>
        {act.stepCode && (
          <Button as={Link} to={`/ejercicios/${cycle.id}/pasos/${act.stepCode}`} variant="secondary">
            {actText.toStep(act.stepCode)}
          </Button>
        )}
        <Button as={Link} to={`/ejercicios/${cycle.id}`} variant="secondary">
          {actText.toCycle}
        </Button>
      </HStack>
    </section>
  )
}

/** While the act is "En trámite" the page asks again by itself. */
function useAgain(isPending: boolean): void {
  const { revalidate } = useRevalidator()
  useEffect(() => {
    if (!isPending) return
    const timer = setInterval(revalidate, AGAIN_MS)
    return () => clearInterval(timer)
  }, [isPending, revalidate])
}
