import { Alert, BodyLong, Button, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { countSourcesOf, findConnection } from '../../../db/connections.ts'
import { listObjectEvents } from '../../../db/timeline.ts'
import { Refused } from '../../../domain/refusals.ts'
import { typedIn } from '../../administration.server.ts'
import { retireConnection, updateConnection } from '../../commands/keep-connections.server.ts'
import { tryConnection } from '../../commands/try-connection.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { ConfirmForm } from '../../components/confirm-form.tsx'
import { ConnectionForm } from '../../components/connections/connection-form.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { Timeline } from '../../components/timeline.tsx'
import { asKeeper, loadAsKeeper } from '../../connections.server.ts'
import type { AppContext } from '../../context.server.ts'
import { invalidConnection, valuesOf } from '../../pages/connection-forms.server.ts'
import { completed } from '../../pages/outside-forms.server.ts'
import { requireId } from '../../params.server.ts'
import { type Actor, requireActor } from '../../session.server.ts'
import { connectionDone, connectionsText, connectionText, kindNames, outsideFailure } from '../../text/connections.ts'
import { eventSentence } from '../../text/events.ts'
import { formatInstant } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data?.connection.name ?? connectionsText.title) },
]

const HISTORY = 15

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  return await loadAsKeeper(request, context, async (trx) => {
    const connection = await findConnection(trx, requireId(params.conexion, context))
    if (!connection) throw new Refused('not_visible')
    const events = await listObjectEvents(trx, connection.id, HISTORY)
    return {
      connection,
      values: valuesOf(connection),
      sources: await countSourcesOf(trx, connection.id),
      history: events.map((event) => ({ id: event.id, at: event.at, sentence: eventSentence(event) })),
    }
  })
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const id = requireId(params.conexion, context)
  const typed = await typedIn(request)
  const kind = await kindOf(context, actor, id)
  switch (typed.formulario) {
    case 'prueba': {
      const failure = await tryConnection(context, actor, id)
      return { errors: [], values: {}, tried: failure ? outsideFailure(failure.code, failure.facts) : null }
    }
    case 'retiro': {
      const change = await retireConnection(context, actor, { id })
      if (!change.ok) return invalidConnection(change.problems, typed)
      return redirect('/conexiones?hecho=retirada')
    }
    default: {
      const change = await updateConnection(context, actor, { ...completed(typed), kind, id })
      if (!change.ok) return invalidConnection(change.problems, typed)
      return redirect(`/conexiones/${id}?hecho=cambiada`)
    }
  }
}

/** What it is never changes; and what is not there for this person is not changed either. */
async function kindOf(context: AppContext, actor: Actor, id: string) {
  const connection = await asKeeper(context, actor, { objectId: id }, (trx) => findConnection(trx, id))
  if (!connection) throw new Refused('not_visible')
  return connection.kind
}

export default function Connection() {
  const { connection, values, sources, history } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [search] = useSearchParams()
  const cycle = search.get('ejercicio')
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: connectionsText.title, to: '/conexiones' }, { label: connection.name }]} />
        <PageHeader
          title={connection.name}
          state={`${kindNames[connection.kind]}. ${connectionText.sources(sources)}`}
          action={
            cycle && (
              <Button as={Link} to={`/ejercicios/${cycle}/fuentes/nueva?conexion=${connection.id}`} variant="secondary">
                {connectionText.toSource}
              </Button>
            )
          }
        />
        {!(answer && 'tried' in answer) && <DoneNotice sentences={connectionDone} />}
      </div>
      <Trial />
      <Section id="datos" title={connectionText.data}>
        <BodyLong spacing className="reading">
          {connectionText.dataState}
        </BodyLong>
        <ConnectionForm
          kind={connection.kind}
          answer={answer && 'tried' in answer ? undefined : answer}
          initial={values}
          address={connection.address}
        />
        <p className="quiet">{connectionText.addedBy(connection.addedBy, formatInstant(connection.addedAt))}</p>
      </Section>
      <Section id="historia" title={connectionText.history}>
        <Timeline lines={history} />
      </Section>
      <details className="quiet-details">
        <summary>{connectionText.retire}</summary>
        <ConfirmForm
          hidden={{ formulario: 'retiro' }}
          submit={connectionText.retire}
          danger
          cancelTo={`/conexiones/${connection.id}`}
        >
          <p className="reading">{connectionText.retireWhy}</p>
        </ConfirmForm>
      </details>
    </VStack>
  )
}

/** Reaching the other server now, and how it went the last time. */
function Trial() {
  const { connection } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const navigation = useNavigation()
  const isTrying = navigation.formData?.get('formulario') === 'prueba'
  const tried = answer && 'tried' in answer ? answer.tried : undefined
  const last = connection.testedAt
    ? connectionText.lastTest(connection.testCode === 'ok', formatInstant(connection.testedAt))
    : connectionText.notTested
  return (
    <Section id="prueba" title={connectionText.testTitle}>
      <VStack gap="space-16" className="reading">
        {tried !== undefined && (
          <Alert variant={tried === null ? 'success' : 'error'} role="status">
            {tried ?? connectionText.testWorks}
          </Alert>
        )}
        {tried === undefined && <p>{last}</p>}
        <Form method="post">
          <input type="hidden" name="formulario" value="prueba" />
          <Button type="submit" loading={isTrying}>
            {connectionText.test}
          </Button>
        </Form>
        <p className="quiet">{connectionText.testing}</p>
      </VStack>
    </Section>
  )
}
