import { Alert, BodyLong, Button, Select, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { READ_PURPOSES } from '../../../domain/capture.ts'
import { AdminForm } from '../../components/admin-form.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { CaptureAnswers } from '../../components/capture/answers.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { Timeline } from '../../components/timeline.tsx'
import { loadRecord } from '../../pages/capture.server.ts'
import { actOnRecord } from '../../pages/capture-actions.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { accessGroundsText } from '../../text/access-grounds.ts'
import {
  captureText,
  channelText,
  formName,
  modeText,
  networkText,
  readPurposeText,
  recordText as words,
} from '../../text/capture.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? words.title(data.record.code) : captureText.title) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadRecord(context, actor, requireId(params.registro, context))
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnRecord(context, actor, requireId(params.registro, context), await request.formData())
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** One record: how it came about, and what the citizen said only after saying what for (experience 49). */
export default function RecordPage() {
  const { record, formKey, claim, consents, history } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs
          crumbs={[
            { label: captureText.title, to: '/captura' },
            { label: words.list, to: '/captura/registros' },
            { label: record.code },
          ]}
        />
        <PageHeader
          title={words.title(record.code)}
          state={words.state(record.pointName, formName[record.form], record.capturedAt)}
        />
        <Link className="row-link" to={`/captura/registros/${record.id}/constancia`}>
          {words.receipt}
        </Link>
        {' · '}
        <Link className="row-link" to={`/accesos/explicacion?registro=${record.id}`}>
          {accessGroundsText.link}
        </Link>
      </div>
      {claim && (
        <Alert variant="warning" className="reading">
          {words.claim(claim.number, claim.filedOn)}
        </Alert>
      )}
      <Data formKey={formKey} />
      <Section id="como" title={words.factsTitle}>
        <Facts facts={factsOf(record)} />
      </Section>
      <Section id="autorizaciones" title={words.consents}>
        <Facts
          facts={consents.map(
            (one): Fact => [
              one.title,
              `${words.consent(one.given, one.givenAt, channelText[one.channel], one.textVersion)}${one.withdrawnAt ? ` ${words.withdrawn(one.withdrawnAt)}` : ''}`,
            ],
          )}
        />
      </Section>
      <Section id="historia" title={words.history}>
        <Timeline lines={history} />
      </Section>
    </VStack>
  )
}

function Data({ formKey }: { formKey: string }) {
  const answer = useActionData<typeof action>()
  const field = fieldsOf('ver', answer)
  return (
    <Section id="datos" title={words.dataTitle}>
      <VStack gap="space-20" className="reading">
        {answer?.shown ? (
          <div role="status">
            <BodyLong spacing>{words.shown(readPurposeText[answer.shown.purpose])}</BodyLong>
            <CaptureAnswers pages={answer.shown.pages} />
          </div>
        ) : (
          <AdminForm code="ver" answer={answer} submit={words.show} secondary>
            <BodyLong>{words.masked}</BodyLong>
            <Select {...field('purpose')} label={words.purpose}>
              <option value="">{words.choosePurpose}</option>
              {READ_PURPOSES.map((code) => (
                <option key={code} value={code}>
                  {readPurposeText[code]}
                </option>
              ))}
            </Select>
          </AdminForm>
        )}
        <Form method="post">
          <input type="hidden" name="formulario" value="corregir" />
          <input type="hidden" name="formKey" value={formKey} />
          <Button type="submit" variant="secondary">
            {words.correct}
          </Button>
        </Form>
      </VStack>
    </Section>
  )
}

function factsOf(record: Loaded['record']): Fact[] {
  const { paperCode, paperVersion, paperOn } = record
  return [
    [words.facts.capturedBy, record.capturedBy],
    [
      words.facts.access,
      <Link key="acceso" to={`/accesos/${record.grantId}`}>
        {record.grantCode}
      </Link>,
    ],
    [words.facts.mode, modeText[record.mode]],
    ...(paperCode && paperVersion && paperOn
      ? ([[words.facts.paper, words.paper(paperCode, paperVersion, paperOn)]] as Fact[])
      : []),
    [words.facts.network, words.networkOf(networkText[record.network], record.networkBasis)],
    [words.facts.versions, words.corrections(record.rev - 1)],
  ]
}
