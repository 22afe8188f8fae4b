import { BodyLong, Button, Heading, TextField, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { appNow } from '../../../db/clock.ts'
import { findLinkedAccount } from '../../../db/password-links.ts'
import { invalid } from '../../answer.server.ts'
import { errorOf, FormErrors, type ShownError } from '../../components/form-errors.tsx'
import { choosePassword } from '../../sign-in.server.ts'
import { shellText } from '../../text/shell.ts'
import { newPasswordText } from '../../text/sign-in.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(newPasswordText.title) }]

export async function loader({ params, context }: LoaderFunctionArgs) {
  const account = await findLinkedAccount(context.sessionDb, params.enlace ?? '', appNow())
  return data({ email: account?.email ?? null }, { status: account ? 200 : 410 })
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData()
  const password = String(form.get('clave') ?? '')
  const secret = params.enlace ?? ''
  const account = await findLinkedAccount(context.sessionDb, secret, appNow())
  const errors = problemsOf(password, String(form.get('otra') ?? ''), account?.email)
  if (account && errors.length > 0) return invalid(errors, {})
  const saved = account && (await choosePassword(context, account, secret, password))
  if (saved) return redirect('/ingresar?clave=nueva')
  return invalid([], {})
}

function problemsOf(password: string, repeated: string, email: string | undefined): ShownError[] {
  if (password.length < 12) return [{ field: 'clave', message: newPasswordText.short }]
  if (password.length > 128) return [{ field: 'clave', message: newPasswordText.long }]
  if (password.toLowerCase() === email) return [{ field: 'clave', message: newPasswordText.likeEmail }]
  return password === repeated ? [] : [{ field: 'otra', message: newPasswordText.different }]
}

export default function NewPassword() {
  const { email } = useLoaderData<typeof loader>()
  return email ? <PasswordForm email={email} /> : <SpentLink />
}

function SpentLink() {
  return (
    <VStack gap="space-16" className="reading">
      <Heading level="1" size="large">
        {newPasswordText.spentTitle}
      </Heading>
      <BodyLong>{newPasswordText.spent}</BodyLong>
    </VStack>
  )
}

function PasswordForm({ email }: { email: string }) {
  const errors = useActionData<typeof action>()?.errors
  const busy = useNavigation().formAction !== undefined
  return (
    <VStack gap="space-24" className="reading">
      <Heading level="1" size="large">
        {newPasswordText.title}
      </Heading>
      <BodyLong>{newPasswordText.intro(email)}</BodyLong>
      <FormErrors errors={errors} />
      <Form method="post" noValidate>
        <VStack gap="space-20">
          <input type="hidden" name="correo" value={email} autoComplete="username" />
          <TextField
            id="clave"
            name="clave"
            type="password"
            label={newPasswordText.password}
            description={newPasswordText.rule}
            autoComplete="new-password"
            error={errorOf(errors, 'clave')}
          />
          <TextField
            id="otra"
            name="otra"
            type="password"
            label={newPasswordText.repeat}
            autoComplete="new-password"
            error={errorOf(errors, 'otra')}
          />
          <div>
            <Button type="submit" loading={busy}>
              {newPasswordText.submit}
            </Button>
          </div>
        </VStack>
      </Form>
    </VStack>
  )
}
