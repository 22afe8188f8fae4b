import { Alert, BodyLong, TextField, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { campaignFacts } from '../../components/access/campaign-facts.ts'
import { CasesTable } from '../../components/access/cases-table.tsx'
import { ProgressTable } from '../../components/access/progress-table.tsx'
import { AdminForm } from '../../components/admin-form.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { Facts } from '../../components/facts.tsx'
import { errorsOf, fieldsOf } from '../../components/form-fields.tsx'
import { History } from '../../components/history.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { NativeField } from '../../components/native-field.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { ProvedField } from '../../components/proved-field.tsx'
import { Section } from '../../components/section.tsx'
import { CampaignChip } from '../../components/state-chip.tsx'
import { actOnCampaign, loadCampaign } from '../../pages/campaigns.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { accessText } from '../../text/access.ts'
import { campaignsText, campaignText as words } from '../../text/reviews.ts'
import { shellText } from '../../text/shell.ts'
import { HISTORY_SECTION } from '../../text/timeline.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? words.title(data.campaign.code) : campaignsText.title) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadCampaign(context, actor, requireId(params.campana, context), new URL(request.url).searchParams)
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnCampaign(request, context, actor, requireId(params.campana, context))
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

export default function CampaignPage() {
  const { campaign, progress, cases, history, ...rest } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const crumbs = [
    { label: accessText.title, to: '/accesos' },
    { label: campaignsText.title, to: '/accesos/campanas' },
  ]
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[...crumbs, { label: campaign.code }]} />
        <PageHeader
          title={words.title(campaign.code)}
          chips={<CampaignChip status={campaign.status} />}
          state={stateOf(campaign, rest.daysLeft)}
        />
        <DoneNotice sentences={words.done} />
        {answer && 'refused' in answer && answer.refused && (
          <Alert variant="warning" role="alert" className="reading">
            {answer.refused}
          </Alert>
        )}
      </div>
      {rest.mayClose && <Close asksPassword={rest.asksPassword} />}
      {rest.waits && <BodyLong className="reading">{words.close.wait(rest.unanswered)}</BodyLong>}
      <Section id="avance" title={words.progress}>
        <ProgressTable lines={progress} />
      </Section>
      <Section id="datos" title={words.about}>
        <Facts facts={campaignFacts(campaign, rest.quality)} />
      </Section>
      {rest.mayTicket && <Ticket />}
      <Section id="accesos" title={words.cases}>
        <VStack gap="space-16">
          <CasesTable cases={cases.rows} />
          <Pagination next={cases.next} />
          <ListFiles list="review_cases" of={{ campana: campaign.id }} />
        </VStack>
      </Section>
      <Section id={HISTORY_SECTION} title={words.history}>
        <History history={history} />
      </Section>
    </VStack>
  )
}

function stateOf({ status, dueOn, answered, cases, ended }: Loaded['campaign'], daysLeft: number): string {
  if (status === 'open') return words.states.open(dueOn ?? '', daysLeft, answered, cases)
  return status === 'closed' ? words.states.closed(ended) : words.states[status]()
}

function Close({ asksPassword }: { asksPassword: boolean }) {
  const answer = useActionData<typeof action>()
  return (
    <Section id="cerrar" title={words.close.title}>
      <AdminForm code="cerrar" answer={answer} submit={words.close.submit}>
        <BodyLong>{words.close.intro}</BodyLong>
        {asksPassword && <ProvedField form="cerrar" errors={errorsOf('cerrar', answer)} />}
      </AdminForm>
    </Section>
  )
}

function Ticket() {
  const answer = useActionData<typeof action>()
  const field = fieldsOf('caso', answer)
  return (
    <Section id="caso" title={words.ticket.title}>
      <AdminForm code="caso" answer={answer} submit={words.ticket.submit} secondary>
        <BodyLong>{words.ticket.intro}</BodyLong>
        <TextField
          {...field('ticket')}
          label={words.ticket.number}
          description={words.ticket.numberHelp}
          autoComplete="off"
          className="field--medium"
        />
        <NativeField {...field('ticketOn')} type="date" label={words.ticket.on} />
      </AdminForm>
    </Section>
  )
}
