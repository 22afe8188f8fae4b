import { BodyLong, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { listAgencies } from '../../../db/agencies.ts'
import { withActor } from '../../../db/client.ts'
import { DUTIES } from '../../../domain/administration.ts'
import { invalidForm, requireAdministrator, typedIn } from '../../administration.server.ts'
import { registerPosition } from '../../commands/administer-posts.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { AdminForm } from '../../components/admin-form.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { PositionFields } from '../../components/post-fields.tsx'
import { postsText } from '../../text/administration.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(postsText.newPosition) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  return await withActor(context.db, actor, async (trx) => {
    const { rows } = await listAgencies(trx, actor.entityId, { limit: 500 })
    const agencies = rows.filter((row) => !row.endedOn).map(({ id, name }) => ({ id, name }))
    return { duties: [...DUTIES], dutyNames: actor.entity.dutyNames, agencies }
  })
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const typed = await typedIn(request)
  const change = await registerPosition(context, actor, typed)
  if (!change.ok) return invalidForm('cargo', change.problems, typed)
  return redirect(`/administracion/cargos/${change.saved.id}?hecho=cargo`)
}

export default function NewPosition() {
  const { agencies, duties, dutyNames } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <VStack gap="space-16">
      <AdminCrumbs
        crumbs={[{ label: postsText.title, to: '/administracion/cargos' }, { label: postsText.newPosition }]}
      />
      <PageHeader title={postsText.newPosition} state={postsText.state} />
      {agencies.length === 0 ? (
        <BodyLong>{postsText.noAgencies}</BodyLong>
      ) : (
        <AdminForm code="cargo" answer={answer} submit={postsText.newPosition} cancelTo="/administracion/cargos">
          <PositionFields code="cargo" answer={answer} duties={duties} dutyNames={dutyNames} agencies={agencies} />
        </AdminForm>
      )}
    </VStack>
  )
}
