import { BodyLong, Button, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { findPosition } from '../../../db/position-changes.ts'
import { listTenures } from '../../../db/tenure-changes.ts'
import { DUTIES } from '../../../domain/administration.ts'
import { invalidForm, requireAdministrator, typedIn } from '../../administration.server.ts'
import { notFound } from '../../answer.server.ts'
import { suppressPosition, updatePosition } from '../../commands/administer-posts.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { AdminForm } from '../../components/admin-form.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { NativeField } from '../../components/native-field.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { PositionFields } from '../../components/post-fields.tsx'
import { Section } from '../../components/section.tsx'
import { TenureTable } from '../../components/tenure-table.tsx'
import { requireId } from '../../params.server.ts'
import { administrationText, doneText, dutyChoice, postsText } from '../../text/administration.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data?.position.name ?? postsText.title) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const id = requireId(params.cargo, context)
  return await withActor(context.db, actor, async (trx) => {
    const position = await findPosition(trx, actor.entityId, id)
    if (!position) throw notFound(context.requestId)
    const { rows: tenures } = await listTenures(trx, actor.entityId, { positionId: id })
    return { position, tenures, duties: [...DUTIES], dutyNames: actor.entity.dutyNames }
  })
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const id = requireId(params.cargo, context)
  const typed = await typedIn(request)
  const ending = typed.formulario === 'supresion'
  const change = await (ending ? suppressPosition : updatePosition)(context, actor, { ...typed, id })
  if (!change.ok) return invalidForm(ending ? 'supresion' : 'cargo', change.problems, typed)
  return redirect(ending ? '/administracion/cargos?hecho=supresion' : `/administracion/cargos/${id}?hecho=datos`)
}

export default function Position() {
  const { position, tenures, dutyNames } = useLoaderData<typeof loader>()
  const state = postsText.positionState(dutyChoice(position.duty, dutyNames), position.agencyName)
  return (
    <VStack gap="space-32">
      <div>
        <AdminCrumbs crumbs={[{ label: postsText.title, to: '/administracion/cargos' }, { label: position.name }]} />
        <PageHeader
          title={position.name}
          state={position.endedOn ? postsText.positionEnded(position.endedOn) : state}
          action={
            !position.endedOn && (
              <Button as={Link} to={`/administracion/vinculaciones/nueva?cargo=${position.id}`}>
                {postsText.addTenure}
              </Button>
            )
          }
        />
        <DoneNotice sentences={doneText} />
      </div>
      <Section id="historia" title={postsText.history}>
        {tenures.length > 0 ? (
          <TenureTable tenures={tenures} hide="position" />
        ) : (
          <BodyLong>{postsText.historyNone}</BodyLong>
        )}
      </Section>
      {!position.endedOn && <PositionForms />}
    </VStack>
  )
}

function PositionForms() {
  const { position, duties, dutyNames } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const initial = { name: position.name, duty: position.duty, headsAgency: position.headsAgency ? 'on' : '' }
  return (
    <>
      <Section id="datos" title={postsText.dataTitle}>
        <AdminForm code="cargo" answer={answer} submit={administrationText.save} secondary>
          <PositionFields code="cargo" answer={answer} duties={duties} dutyNames={dutyNames} initial={initial} />
        </AdminForm>
      </Section>
      <Section id="supresion" title={postsText.endPositionTitle}>
        <BodyLong spacing>{postsText.endPositionHelp}</BodyLong>
        <AdminForm code="supresion" answer={answer} submit={postsText.endPosition} danger>
          <NativeField {...fieldsOf('supresion', answer)('on')} type="date" label={administrationText.lastDay} />
        </AdminForm>
      </Section>
    </>
  )
}
