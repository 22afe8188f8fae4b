import { BodyLong, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { findAgency, listAgencies } from '../../../db/agencies.ts'
import { withActor } from '../../../db/client.ts'
import { listPoints } from '../../../db/service-points.ts'
import { invalidForm, requireAdministrator, typedIn } from '../../administration.server.ts'
import { notFound } from '../../answer.server.ts'
import { closePoint, registerPoint } from '../../commands/administer-points.server.ts'
import { closeAgency, updateAgency } from '../../commands/administer-posts.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { AdminForm } from '../../components/admin-form.tsx'
import { AgencyPoints } from '../../components/agency-points.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { NativeField } from '../../components/native-field.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { AgencyFields } from '../../components/post-fields.tsx'
import { Section } from '../../components/section.tsx'
import { requireId } from '../../params.server.ts'
import { administrationText, pointsText, postsText } from '../../text/administration.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data?.agency.name ?? postsText.title) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const id = requireId(params.dependencia, context)
  return await withActor(context.db, actor, async (trx) => {
    const agency = await findAgency(trx, actor.entityId, id)
    if (!agency) throw notFound(context.requestId)
    const { rows } = await listAgencies(trx, actor.entityId, { limit: 500 })
    return {
      agency,
      points: await listPoints(trx, actor.entityId, id),
      agencies: rows.filter((row) => !row.endedOn && row.id !== id).map(({ id, name }) => ({ id, name })),
    }
  })
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const id = requireId(params.dependencia, context)
  const typed = await typedIn(request)
  const form = FORMS.find(({ code }) => code === typed.formulario) ?? CHANGE
  const change = await form.command(context, actor, { ...typed, ...form.about(id) })
  if (!change.ok) return invalidForm(form.code, change.problems, typed)
  return redirect(
    form.staysHere
      ? `/administracion/dependencias/${id}?hecho=${form.code}`
      : `/administracion/cargos?hecho=${form.done}`,
  )
}

const CHANGE = {
  ...{ code: 'dependencia', command: updateAgency, about: (id: string) => ({ id }), staysHere: false, done: 'datos' },
}

/** The forms of the page. */
const FORMS = [
  CHANGE,
  { code: 'cierre', command: closeAgency, about: (id: string) => ({ id }), staysHere: false, done: 'cierre' },
  { code: 'punto', command: registerPoint, about: (id: string) => ({ agencyId: id }), staysHere: true, done: 'punto' },
  { code: 'cierre-punto', command: closePoint, about: () => ({}), staysHere: true, done: 'cierre-punto' },
]

export default function Agency() {
  const { agency, agencies, points } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { name, code, parentId, contactEmail } = agency
  return (
    <VStack gap="space-32">
      <div>
        <AdminCrumbs crumbs={[{ label: postsText.title, to: '/administracion/cargos' }, { label: name }]} />
        <PageHeader title={name} state={agency.endedOn ? postsText.agencyEnded(agency.endedOn) : undefined} />
        <DoneNotice sentences={pointsText.done} />
      </div>
      {!agency.endedOn && (
        <>
          <AdminForm code="dependencia" answer={answer} submit={administrationText.save}>
            <AgencyFields
              code="dependencia"
              answer={answer}
              agencies={agencies}
              initial={{ name, code, parentId, contactEmail }}
            />
          </AdminForm>
          <AgencyPoints points={points} answer={answer} />
          <Section id="cierre" title={postsText.endAgencyTitle}>
            <BodyLong spacing>{postsText.endAgencyHelp}</BodyLong>
            <AdminForm code="cierre" answer={answer} submit={postsText.endAgency} danger>
              <NativeField {...fieldsOf('cierre', answer)('on')} type="date" label={administrationText.lastDay} />
            </AdminForm>
          </Section>
        </>
      )}
    </VStack>
  )
}
