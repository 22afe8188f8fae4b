import { BodyLong, Button, Heading, TextField, Link as TextLink, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { invalid } from '../../answer.server.ts'
import { errorOf, FormErrors } from '../../components/form-errors.tsx'
import { safeReturn } from '../../return-address.server.ts'
import { enterWithCode, findPending } from '../../second-factor.server.ts'
import { shellText } from '../../text/shell.ts'
import { secondStepText as words } from '../../text/sign-in.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

/** Whoever has not given the password a moment ago starts there. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const returnTo = safeReturn(new URL(request.url).searchParams.get('volver'))
  if (!(await findPending(request, context))) throw redirect(`/ingresar?${new URLSearchParams({ volver: returnTo })}`)
  return { returnTo }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData()
  const returnTo = safeReturn(String(form.get('volver') ?? ''))
  const entry = await enterWithCode(request, context, String(form.get('codigo') ?? ''))
  if (entry.ok) return redirect(returnTo, { headers: entry.headers })
  if (entry.reason === 'late') return redirect(`/ingresar?${new URLSearchParams({ volver: returnTo })}`)
  return invalid(
    [{ field: 'codigo', message: words.against[entry.reason] }],
    {},
    entry.reason === 'throttled' ? 429 : 422,
  )
}

export default function SecondStep() {
  const { returnTo } = useLoaderData<typeof loader>()
  const errors = useActionData<typeof action>()?.errors
  const busy = useNavigation().formAction !== undefined
  return (
    <VStack gap="space-24" className="reading">
      <Heading level="1" size="large">
        {words.title}
      </Heading>
      <BodyLong>{words.intro}</BodyLong>
      <FormErrors errors={errors} />
      <Form method="post" noValidate>
        <VStack gap="space-20">
          <input type="hidden" name="volver" value={returnTo} />
          <TextField
            id="codigo"
            name="codigo"
            label={words.code}
            description={words.codeHelp}
            autoComplete="one-time-code"
            className="field--medium"
            error={errorOf(errors, 'codigo')}
          />
          <div>
            <Button type="submit" loading={busy}>
              {words.submit}
            </Button>
          </div>
        </VStack>
      </Form>
      <BodyLong size="small">{words.lost}</BodyLong>
      <TextLink as={Link} to={`/ingresar?${new URLSearchParams({ volver: returnTo })}`}>
        {words.again}
      </TextLink>
    </VStack>
  )
}
