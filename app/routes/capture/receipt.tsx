import { BodyLong, Button, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { loadRecord } from '../../pages/capture.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { captureText, channelText, FORM_ADDRESSES, recordText, receiptText as words } from '../../text/capture.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const { record, consents } = await loadRecord(context, actor, requireId(params.registro, context))
  return { record, consents }
}

/** What the citizen takes home: a number, what they authorised and how to change their mind; nothing of what they said. */
export default function CaptureReceipt() {
  const { record, consents } = useLoaderData<typeof loader>()
  const [first] = consents
  return (
    <VStack gap="space-24" className="reading">
      <div>
        <Breadcrumbs
          crumbs={[
            { label: captureText.title, to: '/captura' },
            { label: record.code, to: `/captura/registros/${record.id}` },
            { label: words.title },
          ]}
        />
        <PageHeader title={words.title} state={words.sentence(record.code)} />
      </div>
      <BodyLong>{words.at(record.pointName, record.capturedAt)}</BodyLong>
      <BodyLong>{words.officer(record.capturedBy)}</BodyLong>
      <Facts
        facts={consents.map(
          (one): Fact => [
            one.title,
            recordText.consent(one.given, one.givenAt, channelText[one.channel], one.textVersion),
          ],
        )}
      />
      {first && <BodyLong className="quiet">{words.hash(first.textHash)}</BodyLong>}
      <BodyLong>{words.next}</BodyLong>
      <BodyLong>{words.rights}</BodyLong>
      <VStack gap="space-16" className="no-print">
        <BodyLong className="quiet">{words.print}</BodyLong>
        <div>
          <Button as={Link} to={`/captura/${FORM_ADDRESSES[record.form]}?acceso=${record.grantId}`}>
            {words.another}
          </Button>
        </div>
      </VStack>
    </VStack>
  )
}
