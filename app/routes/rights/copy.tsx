import { Alert, BodyLong, Button, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { copyRecords } from '../../commands/copy-rights.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { CaptureAnswers } from '../../components/capture/answers.tsx'
import { Facts } from '../../components/facts.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { shownPage } from '../../pages/capture.server.ts'
import { loadRightsHead } from '../../pages/rights.server.ts'
import { requireId } from '../../params.server.ts'
import { shownRefusal } from '../../refusal.server.ts'
import { requireActor } from '../../session.server.ts'
import { channelText, formName, recordText } from '../../text/capture.ts'
import { formatInstant } from '../../text/format.ts'
import { rightsText, copyText as words } from '../../text/rights.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadRightsHead(context, actor, requireId(params.solicitud, context))
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  try {
    const records = await copyRecords(context, actor, requireId(params.solicitud, context))
    const shown = records.map(({ pages, answers, consents, ...record }) => ({
      ...record,
      pages: pages.map((page) => shownPage(page, answers[page.code])),
      consents: consents.map(({ purpose, given, givenAt, channel, textVersion, withdrawnAt }) => ({
        ...{ purpose, given, givenAt, channel, textVersion, withdrawnAt },
      })),
    }))
    return data({ records: shown, refused: null })
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    return data({ records: null, refused: sentence }, { status })
  }
}

/** The copy of one's data: made when it is asked for, printed and handed over, and kept nowhere. */
export default function RightsCopy() {
  const { id, number, entity } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs
          crumbs={[
            { label: rightsText.crumb, to: '/derechos' },
            { label: number, to: `/derechos/${id}` },
            { label: words.title },
          ]}
        />
        <PageHeader title={words.title} state={words.state(entity, number)} />
        {answer?.refused && (
          <Alert variant="warning" role="alert" className="reading">
            {answer.refused}
          </Alert>
        )}
      </div>
      {answer?.records ? (
        <>
          <BodyLong className="quiet no-print">{words.print}</BodyLong>
          {answer.records.map((record) => (
            <Section key={record.code} id={record.code} title={words.record(record.code, formName[record.form])}>
              <VStack gap="space-24">
                <BodyLong>
                  {words.captured(record.pointName, record.vigencia, formatInstant(record.capturedAt))}
                </BodyLong>
                <CaptureAnswers pages={record.pages} />
                <Facts
                  facts={record.consents.map((one) => [
                    words.purposes[one.purpose],
                    `${recordText.consent(one.given, one.givenAt, channelText[one.channel], one.textVersion)}${one.withdrawnAt ? ` ${recordText.withdrawn(one.withdrawnAt)}` : ''}`,
                  ])}
                />
              </VStack>
            </Section>
          ))}
        </>
      ) : (
        <Form method="post">
          <VStack gap="space-16" align="start" className="reading">
            <BodyLong>{words.intro}</BodyLong>
            <Button type="submit">{words.open}</Button>
          </VStack>
        </Form>
      )}
    </VStack>
  )
}
