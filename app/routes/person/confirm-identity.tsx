import { BodyLong, Button, Heading, HStack, TextField, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { invalid } from '../../answer.server.ts'
import { errorOf, FormErrors } from '../../components/form-errors.tsx'
import { proveAgain, requireActor, safeReturn } from '../../session.server.ts'
import { shellText } from '../../text/shell.ts'
import { confirmText } from '../../text/sign-in.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(confirmText.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const returnTo = safeReturn(new URL(request.url).searchParams.get('volver'))
  return { email: actor.email, returnTo }
}

export async function action({ request, context }: ActionFunctionArgs) {
  await requireActor(request, context)
  const form = await request.formData()
  const password = String(form.get('clave') ?? '')
  if (!password) return invalid([{ field: 'clave', message: confirmText.missing }], {})
  const outcome = await proveAgain(request, context, password)
  if (outcome === 'proved') return redirect(safeReturn(String(form.get('volver') ?? '')))
  return invalid([{ field: 'clave', message: confirmText[outcome] }], {}, outcome === 'throttled' ? 429 : 422)
}

export default function ConfirmIdentity() {
  const { email, returnTo } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const busy = useNavigation().formAction !== undefined
  return (
    <VStack gap="space-24" className="reading">
      <Heading level="1" size="large">
        {confirmText.title}
      </Heading>
      <BodyLong>{confirmText.intro}</BodyLong>
      <FormErrors errors={answer?.errors} />
      <Form method="post" noValidate>
        <VStack gap="space-20">
          <input type="hidden" name="volver" value={returnTo} />
          <input type="hidden" name="correo" value={email} autoComplete="username" />
          <BodyLong>{confirmText.account(email)}</BodyLong>
          <TextField
            id="clave"
            name="clave"
            type="password"
            label={confirmText.password}
            description={confirmText.valid}
            autoComplete="current-password"
            error={errorOf(answer?.errors, 'clave')}
          />
          <HStack gap="space-16" wrap>
            <Button type="submit" loading={busy}>
              {confirmText.submit}
            </Button>
            <Button as={Link} to={returnTo} variant="tertiary">
              {confirmText.cancel}
            </Button>
          </HStack>
        </VStack>
      </Form>
    </VStack>
  )
}
