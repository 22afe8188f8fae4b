import { VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { listAgencies } from '../../../db/agencies.ts'
import { withActor } from '../../../db/client.ts'
import { invalidForm, requireAdministrator, typedIn } from '../../administration.server.ts'
import { registerAgency } from '../../commands/administer-posts.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { AdminForm } from '../../components/admin-form.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { AgencyFields } from '../../components/post-fields.tsx'
import { postsText } from '../../text/administration.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(postsText.newAgency) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const { rows } = await withActor(context.db, actor, (trx) => listAgencies(trx, actor.entityId, { limit: 500 }))
  return { agencies: rows.filter((row) => !row.endedOn).map(({ id, name }) => ({ id, name })) }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const typed = await typedIn(request)
  const change = await registerAgency(context, actor, typed)
  if (!change.ok) return invalidForm('dependencia', change.problems, typed)
  return redirect('/administracion/cargos?hecho=dependencia')
}

export default function NewAgency() {
  const { agencies } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <VStack gap="space-16">
      <AdminCrumbs
        crumbs={[{ label: postsText.title, to: '/administracion/cargos' }, { label: postsText.newAgency }]}
      />
      <PageHeader title={postsText.newAgency} />
      <AdminForm code="dependencia" answer={answer} submit={postsText.newAgency} cancelTo="/administracion/cargos">
        <AgencyFields code="dependencia" answer={answer} agencies={agencies} />
      </AdminForm>
    </VStack>
  )
}
