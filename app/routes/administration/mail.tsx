import { Tag, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { listOutgoingMail } from '../../../db/outgoing-mail.ts'
import { requireAdministrator } from '../../administration.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { mailText } from '../../text/administration.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(mailText.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const cursor = new URL(request.url).searchParams.get('desde')
  return await withActor(context.db, actor, (trx) => listOutgoingMail(trx, actor.entityId, cursor))
}

type Mail = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

const COLORS: Record<string, 'success' | 'danger' | 'warning' | 'info' | 'neutral'> = {
  sent: 'success',
  kept: 'neutral',
  planned: 'info',
  attempted: 'warning',
  failed: 'danger',
}

export default function OutgoingMail() {
  const { rows, next } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-24">
      <div>
        <AdminCrumbs crumbs={[{ label: mailText.title }]} />
        <PageHeader title={mailText.title} state={mailText.state} />
      </div>
      {rows.length === 0 && <EmptyState title={mailText.emptyTitle}>{mailText.empty}</EmptyState>}
      <ul className="letters">
        {rows.map((mail) => (
          <Letter key={mail.id} mail={mail} />
        ))}
      </ul>
      <Pagination next={next} />
      <ListFiles list="mail" />
    </VStack>
  )
}

function Letter({ mail }: { mail: Mail }) {
  const dates = [
    mailText.written(mail.writtenAt),
    mail.settledAt && mailText.settled(mail.settledAt),
    mail.attempts > 0 && mailText.attempts(mail.attempts),
    mail.gathers > 0 && mailText.gathers(mail.gathers),
  ]
  return (
    <li className="card">
      <div className="letters__head">
        <strong>{mail.subject}</strong>
        <Tag size="small" data-color={COLORS[mail.status] ?? 'neutral'}>
          {mailText.states[mail.status] ?? mail.status}
        </Tag>
      </div>
      <p className="quiet">
        {mail.isToCitizen ? mailText.toCitizen : mailText.to(mail.personName)} · {dates.filter(Boolean).join(' · ')}
      </p>
      {mail.failure && (
        <p className="quiet">
          {mailText.failure}: {mail.failure}
        </p>
      )}
      <details>
        <summary>{mailText.read}</summary>
        <div className="letters__body">{mail.body}</div>
        {mail.link && (
          <p>
            {mailText.link}: <a href={mail.link}>{mail.link}</a>
          </p>
        )}
      </details>
    </li>
  )
}
