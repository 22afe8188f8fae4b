import { TextField, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { invalidForm, requireAdministrator, typedIn } from '../../administration.server.ts'
import { registerPerson } from '../../commands/administer-people.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { AdminForm } from '../../components/admin-form.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { administrationText, peopleText } from '../../text/administration.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(peopleText.newTitle) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireAdministrator(request, context)
  return null
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const typed = await typedIn(request)
  const change = await registerPerson(context, actor, typed)
  if (!change.ok) return invalidForm('persona', change.problems, typed)
  return redirect(`/administracion/personas/${change.saved.id}?hecho=persona`)
}

export default function NewPerson() {
  const answer = useActionData<typeof action>()
  const field = fieldsOf('persona', answer)
  return (
    <VStack gap="space-16">
      <AdminCrumbs
        crumbs={[{ label: peopleText.title, to: '/administracion/personas' }, { label: peopleText.newTitle }]}
      />
      <PageHeader title={peopleText.newTitle} state={peopleText.newState} />
      <AdminForm code="persona" answer={answer} submit={peopleText.submitNew} cancelTo="/administracion/personas">
        <TextField {...field('displayName')} label={peopleText.name} autoComplete="off" />
        <TextField
          {...field('documentNumber')}
          label={peopleText.document}
          description={peopleText.documentHelp}
          autoComplete="off"
        />
        <TextField
          {...field('email')}
          type="email"
          label={administrationText.optional(peopleText.email)}
          description={peopleText.emailHelp}
          autoComplete="off"
        />
      </AdminForm>
    </VStack>
  )
}
