import { Alert, BodyLong, Textarea, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DisposalItems } from '../../components/disposal/disposal-items.tsx'
import { DisposalChip } from '../../components/disposal/disposal-status.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { type Answer, errorsOf, fieldsOf } from '../../components/form-fields.tsx'
import { HashShort } from '../../components/hash-short.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { NotTaken } from '../../components/not-taken.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { ProvedField } from '../../components/proved-field.tsx'
import { Section } from '../../components/section.tsx'
import { Timeline } from '../../components/timeline.tsx'
import { VerdictSignatures } from '../../components/verdict-signatures.tsx'
import { actOnDisposal, loadDisposal } from '../../pages/disposals.server.ts'
import { requireId } from '../../params.server.ts'
import { readAgainAfterNo } from '../../read-again.ts'
import { requireActor } from '../../session.server.ts'
import { RETENTION_TABLE, disposalText as words } from '../../text/disposal.ts'
import { formatDate } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data?.page.code ?? words.title) },
]

/** Somebody else decided meanwhile: the page shows what stands now. */
export const shouldRevalidate = readAgainAfterNo

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const id = requireId(params.disposicion, context)
  return await loadDisposal(context, actor, id, new URL(request.url).searchParams)
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnDisposal(context, actor, requireId(params.disposicion, context), request)
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** One disposal: what goes or went, by which minutes, who decided, and how far it is. */
export default function DisposalPage() {
  const loaded = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { page, items, signatures, underway, verdicts, whyNot, history } = loaded
  const at = page.status === 'approved' ? page.beginsAt : page.endedAt
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: words.title, to: '/disposicion' }, { label: page.code }]} />
        <PageHeader
          title={page.code}
          state={words.sentences[page.status](at)}
          chips={<DisposalChip status={page.status} />}
        />
        <DoneNotice sentences={words.done} />
        <NotTaken answer={answer} forms={verdicts} written={['observation']} />
        {underway && <Alert variant="info">{words.done.tramite}</Alert>}
        {page.redone && <Redone {...page.redone} items={page.items} />}
      </div>
      {page.status === 'running' && <BodyLong>{words.progress(page.removed, page.items)}</BodyLong>}
      <Facts facts={factsOf(page)} />
      {whyNot && <p className="quiet">{whyNot}</p>}
      {verdicts.map((kind) => (
        <Verdict key={kind} kind={kind} loaded={loaded} answer={answer} />
      ))}
      <Section id="inventario" title={words.inventory}>
        <VStack gap="space-16">
          <BodyLong>{words.inventoryState(page.items, page.bytes)}</BodyLong>
          <DisposalItems items={items.rows} />
          <Pagination next={items.next} />
          <ListFiles list="disposal_items" of={{ eliminacion: page.id }} />
        </VStack>
      </Section>
      <VerdictSignatures title={words.signatures} signatures={signatures} said={words.said} receipt={words.receipt} />
      <Section id="historia" title={words.history}>
        <Timeline lines={history} />
      </Section>
    </VStack>
  )
}

type RedoneProps = NonNullable<Loaded['page']['redone']> & { items: number }

function Redone({ at, approvedAt, position, receiptCode, signedItems, items }: RedoneProps) {
  return (
    <Alert variant="info">
      {words.redone(at, approvedAt, position, receiptCode)} {items > signedItems && words.foundInCopy(signedItems + 1)}
    </Alert>
  )
}

function factsOf(page: Loaded['page']): Fact[] {
  const { facts } = words
  return [
    [
      facts.cycle,
      <Link key="cycle" to={`/ejercicios/${page.cycleId}`}>
        {page.cycleName}
      </Link>,
    ],
    [
      facts.series,
      <Link key="series" to={RETENTION_TABLE}>
        {page.series}
      </Link>,
    ],
    [facts.until, formatDate(page.keptUntil)],
    [facts.minutes, words.minutes(page.minutesNumber, page.minutesDate)],
    [facts.by, words.byWhom(page.proposer ?? words.unknownProposer, page.proposedAt)],
    [facts.hash, <HashShort key="hash" hash={page.contentHash} copy />],
  ]
}

interface VerdictProps {
  kind: Loaded['verdicts'][number]
  loaded: Loaded
  answer: Answer | undefined
}

function Verdict({ kind, loaded, answer }: VerdictProps) {
  const { title, submit, text } = words.verdicts[kind]
  return (
    <Section id={kind} title={title}>
      <AdminForm
        code={kind}
        answer={answer}
        submit={submit}
        hidden={{ contentHash: loaded.page.contentHash }}
        secondary={kind !== 'approve_disposal'}
        danger={kind === 'approve_disposal'}
      >
        <Textarea {...fieldsOf(kind, answer)('observation')} label={text} minRows={2} maxRows={8} />
        <BodyLong weight="semibold">{loaded.statements[kind]}</BodyLong>
        {loaded.asksPassword && <ProvedField form={kind} errors={errorsOf(kind, answer)} />}
      </AdminForm>
    </Section>
  )
}
