import { BodyLong, Textarea, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { findIncident } from '../../../db/incidents.ts'
import { invalidForm, requireAdministrator, typedIn } from '../../administration.server.ts'
import { notFound } from '../../answer.server.ts'
import { resolveIncident } from '../../commands/resolve-incident.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { AdminForm } from '../../components/admin-form.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { IncidentObject } from '../../components/incident-object.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { requireId } from '../../params.server.ts'
import { incidentAdvice, incidentName, systemText, incidentsText as words } from '../../text/administration.ts'
import { formatInstant } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'

const LIST = '/administracion/sistema/incidencias'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? incidentName(data.kind) : words.title) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const id = requireId(params.incidencia, context)
  const incident = await withActor(context.db, actor, (trx) => findIncident(trx, actor.entityId, id))
  if (!incident) throw notFound(context.requestId)
  return incident
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const id = requireId(params.incidencia, context)
  const typed = await typedIn(request)
  const change = await resolveIncident(context, actor, { ...typed, id })
  if (!change.ok) return invalidForm('cierre', change.problems, typed)
  return redirect(`${LIST}?hecho=cerrada`)
}

export default function IncidentPage() {
  const incident = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { kind, openedAt, closedAt, closedBy, note, control } = incident
  const facts: Fact[] = [
    [systemText.object, <IncidentObject key="objeto" incident={incident} />],
    [systemText.openedAt, formatInstant(openedAt)],
    ...(closedAt
      ? ([
          [words.closedAt, formatInstant(closedAt)],
          [words.closedBy, closedBy ?? words.byControl],
          ...(note === null
            ? []
            : ([
                [
                  words.note,
                  <span key="nota" className="typed">
                    {note}
                  </span>,
                ],
              ] satisfies Fact[])),
        ] satisfies Fact[])
      : []),
  ]
  return (
    <VStack gap="space-32">
      <div>
        <AdminCrumbs
          crumbs={[
            { label: systemText.title, to: '/administracion/sistema' },
            { label: words.title, to: LIST },
            { label: incidentName(kind) },
          ]}
        />
        <PageHeader title={incidentName(kind)} state={closedAt ? words.isClosed : words.isOpen} />
      </div>
      {!closedAt && <BodyLong className="reading">{incidentAdvice(kind)}</BodyLong>}
      <Facts layout="facts" facts={facts} />
      {!closedAt && control === null && (
        <Section id="cierre" title={words.close}>
          <BodyLong className="reading" spacing>
            {words.closeHelp}
          </BodyLong>
          <AdminForm code="cierre" answer={answer} submit={words.close}>
            <Textarea {...fieldsOf('cierre', answer)('note')} label={words.note} minRows={3} />
          </AdminForm>
        </Section>
      )}
    </VStack>
  )
}
