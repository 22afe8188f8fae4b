import { Buildings2Icon } from '@navikt/aksel-icons'
import { Alert, BodyLong, Button, Heading, TextField, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { useEffect } from 'react'
import { DEMO_ENTITIES, DEMO_PASSWORD } from '../../../catalog/demo-users.ts'
import { isStorable } from '../../../domain/storable.ts'
import { invalid } from '../../answer.server.ts'
import { DemoAccounts } from '../../components/demo-accounts.tsx'
import { errorOf, FormErrors, type ShownError } from '../../components/form-errors.tsx'
import { keepUnsent } from '../../components/typed-forms.ts'
import { directoryOf } from '../../directory.server.ts'
import { codeAddress, safeReturn } from '../../return-address.server.ts'
import { findSession } from '../../session.server.ts'
import { signIn } from '../../sign-in.server.ts'
import { shellText } from '../../text/shell.ts'
import { directorySentence, newPasswordText, signInText } from '../../text/sign-in.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(signInText.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  const returnTo = safeReturn(searchParams.get('volver'))
  if (await findSession(request, context)) throw redirect(returnTo)
  const chosen = findDemoUser(context.config.INSTALLATION, searchParams.get('cuenta'))
  return {
    returnTo,
    hasDirectory: directoryOf(context.config) !== null,
    refused: directorySentence(searchParams.get('directorio')),
    newPassword: searchParams.get('clave') === 'nueva',
    email: chosen?.email ?? '',
    password: chosen ? DEMO_PASSWORD : '',
    demo: context.config.INSTALLATION === 'demo' ? { password: DEMO_PASSWORD, entities: DEMO_ENTITIES } : null,
  }
}

function findDemoUser(installation: string, email: string | null) {
  if (installation !== 'demo' || !email) return undefined
  return DEMO_ENTITIES.flatMap((entity) => entity.users).find((user) => user.email === email)
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData()
  const email = String(form.get('correo') ?? '').trim()
  const password = String(form.get('clave') ?? '')
  const missing = missingIn(email, password)
  if (missing.length > 0) return invalid(missing, { email })
  const entry = await signIn(request, context, { email, password })
  const returnTo = safeReturn(String(form.get('volver') ?? ''))
  if (entry.ok) return redirect(entry.asksCode ? codeAddress(returnTo) : returnTo, { headers: entry.headers })
  const status = entry.reason === 'throttled' ? 429 : 422
  return invalid([{ field: 'clave', message: signInText[entry.reason] }], { email }, status)
}

function missingIn(email: string, password: string): ShownError[] {
  return [
    ...(/^\S+@\S+$/.test(email) && isStorable(email) ? [] : [{ field: 'correo', message: signInText.missingEmail }]),
    ...(password ? [] : [{ field: 'clave', message: signInText.missingPassword }]),
  ]
}

export default function SignIn() {
  const { demo, ...start } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const busy = useNavigation().formAction !== undefined
  useEffect(keepUnsent, [])
  return (
    <div className={demo ? 'columns' : undefined}>
      <VStack gap="space-24" className="reading">
        <Heading level="1" size="large">
          {signInText.title}
        </Heading>
        {start.refused && <Alert variant="warning">{start.refused}</Alert>}
        {start.hasDirectory && <ByDirectory returnTo={start.returnTo} />}
        <BodyLong>{signInText.intro}</BodyLong>
        {start.newPassword && <Alert variant="success">{newPasswordText.saved}</Alert>}
        <FormErrors errors={answer?.errors} />
        <Form method="post" key={start.email} noValidate>
          <VStack gap="space-20">
            <input type="hidden" name="volver" value={start.returnTo} />
            <TextField
              id="correo"
              name="correo"
              type="email"
              label={signInText.email}
              autoComplete="username"
              defaultValue={answer?.values.email ?? start.email}
              error={errorOf(answer?.errors, 'correo')}
            />
            <TextField
              id="clave"
              name="clave"
              type="password"
              label={signInText.password}
              autoComplete="current-password"
              defaultValue={start.password}
              error={errorOf(answer?.errors, 'clave')}
            />
            <div>
              <Button type="submit" loading={busy}>
                {signInText.submit}
              </Button>
            </div>
          </VStack>
        </Form>
        <BodyLong size="small">{signInText.after}</BodyLong>
      </VStack>
      {demo && <DemoAccounts password={demo.password} entities={demo.entities} returnTo={start.returnTo} />}
    </div>
  )
}

/** A link, not a form: a browser follows no form's redirect to another site under our policy. */
function ByDirectory({ returnTo }: { returnTo: string }) {
  return (
    <VStack gap="space-24">
      <BodyLong>{signInText.directoryHelp}</BodyLong>
      <div>
        <Button
          as="a"
          href={`/ingresar/directorio?${new URLSearchParams({ volver: returnTo })}`}
          variant="secondary"
          icon={<Buildings2Icon aria-hidden />}
        >
          {signInText.directory}
        </Button>
      </div>
      <Heading level="2" size="xsmall">
        {signInText.orPassword}
      </Heading>
    </VStack>
  )
}
