import { Alert, BodyLong, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { DoneFor } from '../../components/absences/done-for.tsx'
import { RehearsalOf } from '../../components/absences/rehearsal.tsx'
import { AdminForm } from '../../components/admin-form.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { AbsenceChip } from '../../components/state-chip.tsx'
import { Timeline } from '../../components/timeline.tsx'
import { actOnAbsence } from '../../pages/absence-actions.server.ts'
import { loadAbsence } from '../../pages/absences.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { absenceReasonText, absencesText, rehearsalText, scopeText, absenceText as words } from '../../text/absences.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? words.title(data.absence.personName) : absencesText.title) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadAbsence(context, actor, requireId(params.ausencia, context))
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnAbsence(context, actor, requireId(params.ausencia, context), await request.formData())
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

export default function AbsencePage() {
  const { absence, rehearsals, done, mayCancel, history } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: absencesText.title, to: '/ausencias' }, { label: absence.personName }]} />
        <PageHeader
          title={words.title(absence.personName)}
          chips={<AbsenceChip state={absence.state} />}
          state={words.states[absence.state](absence.from, absence.to)}
        />
        <DoneNotice sentences={words.done} />
        {answer?.refused && (
          <Alert variant="warning" role="alert" className="reading">
            {answer.refused}
          </Alert>
        )}
      </div>
      <Section id="reemplaza" title={words.substitutesTitle}>
        <Facts facts={absence.substitutes.map(({ name, scope }) => [name, scopeText[scope]])} />
      </Section>
      {rehearsals.length > 0 && (
        <Section id="ensayo" title={absence.state === 'active' ? rehearsalText.running : rehearsalText.title}>
          <VStack gap="space-16">
            {rehearsals.map((one) => (
              <RehearsalOf key={one.scope} {...one} />
            ))}
          </VStack>
        </Section>
      )}
      {absence.state !== 'planned' && <DoneFor done={done} />}
      <Section id="datos" title={words.factsTitle}>
        <Facts facts={factsOf(absence)} />
      </Section>
      {mayCancel && (
        <Section id="cancelar" title={words.cancelTitle}>
          <AdminForm code="cancelar" answer={undefined} submit={words.cancel} danger>
            <BodyLong>{absence.state === 'active' ? words.cancelActive : words.cancelPlanned}</BodyLong>
          </AdminForm>
        </Section>
      )}
      <Section id="historia" title={words.history}>
        <Timeline lines={history} />
      </Section>
    </VStack>
  )
}

function factsOf(absence: Loaded['absence']): Fact[] {
  const { facts } = words
  const lines: [string, string | null][] = [
    [facts.person, absence.personName],
    [facts.position, absence.positionName],
    [facts.agency, absence.agencyName],
    [facts.days, absencesText.days(absence.from, absence.to)],
    [facts.reason, absenceReasonText[absence.reason]],
    [facts.act, absence.actReference],
    [facts.planned, words.plannedBy(absence.plannedBy, absence.plannedPosition, absence.plannedAt)],
    [
      facts.cancelled,
      absence.cancelledBy && absence.cancelledAt && words.cancelledBy(absence.cancelledBy, absence.cancelledAt),
    ],
  ]
  return lines.filter((line): line is [string, string] => line[1] !== null)
}
