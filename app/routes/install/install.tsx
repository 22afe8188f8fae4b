import { BodyLong, Fieldset, Heading, TextField, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { PROCEDURES } from '../../../catalog/index.ts'
import { withoutEntity } from '../../../db/client.ts'
import { appToday } from '../../../db/clock.ts'
import { isSetupLinkOpen } from '../../../db/setup-links.ts'
import { invalidForm, typedIn } from '../../administration.server.ts'
import { notFound } from '../../answer.server.ts'
import { installEntity } from '../../commands/install-entity.server.ts'
import { AdminForm } from '../../components/admin-form.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { NativeField } from '../../components/native-field.tsx'
import type { AppContext } from '../../context.server.ts'
import { installText as words } from '../../text/install.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ params, context }: LoaderFunctionArgs) {
  await requireOpenLink(context, params.enlace)
  const names = PROCEDURES.map(({ code, version }) => words.procedureName(code, version)).join(', ')
  return { names, today: appToday() }
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const token = await requireOpenLink(context, params.enlace)
  const typed = await typedIn(request)
  const done = await installEntity(context, token, typed)
  if (done.made) return redirect('/ingresar?clave=nueva')
  if ('spent' in done) throw notFound(context.requestId)
  const problems = done.problems.map(({ field, code }) => ({ field: field.replace('administrator.', ''), code }))
  const { password: _, repeated: __, ...kept } = typed
  return invalidForm('instalar', problems, kept)
}

/** Used, invented, or of an installation that is a demonstration: there is nothing here. */
async function requireOpenLink(context: AppContext, token: string | undefined): Promise<string> {
  const isProduction = context.config.INSTALLATION === 'production'
  const isOpen = token && isProduction && (await withoutEntity(context.db, (trx) => isSetupLinkOpen(trx, token)))
  if (!isOpen) throw notFound(context.requestId)
  return token
}

export default function InstallPage() {
  const { names } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <VStack gap="space-24" className="reading">
      <Heading level="1" size="large">
        {words.title}
      </Heading>
      <BodyLong>{words.intro}</BodyLong>
      <AdminForm code="instalar" answer={answer} submit={words.submit}>
        <EntityFields />
        <AdministratorFields />
        <BodyLong>{words.procedures(names)}</BodyLong>
      </AdminForm>
    </VStack>
  )
}

function EntityFields() {
  const field = fieldsOf('instalar', useActionData<typeof action>())
  return (
    <Fieldset legend={words.entityTitle}>
      <TextField {...field('name')} label={words.name} description={words.nameHelp} autoComplete="organization" />
      <TextField {...field('shortName')} label={words.shortName} description={words.shortNameHelp} autoComplete="off" />
      <TextField {...field('nit')} label={words.nit} description={words.nitHelp} autoComplete="off" />
      <TextField
        {...field('divipola')}
        inputMode="numeric"
        label={words.divipola}
        description={words.divipolaHelp}
        autoComplete="off"
      />
    </Fieldset>
  )
}

function AdministratorFields() {
  const { today } = useLoaderData<typeof loader>()
  const initial = { from: today, positionName: words.defaultPosition }
  const field = fieldsOf('instalar', useActionData<typeof action>(), initial)
  return (
    <Fieldset legend={words.administratorTitle}>
      <TextField {...field('displayName')} label={words.personName} autoComplete="name" />
      <TextField
        {...field('documentNumber')}
        label={words.document}
        description={words.documentHelp}
        autoComplete="off"
      />
      <TextField {...field('agencyName')} label={words.agencyName} description={words.agencyHelp} autoComplete="off" />
      <TextField {...field('positionName')} label={words.positionName} description={words.positionHelp} />
      <NativeField {...field('from')} type="date" label={words.from} />
      <TextField {...field('actReference')} label={words.act} description={words.actHelp} autoComplete="off" />
      <TextField {...field('email')} type="email" label={words.email} autoComplete="username" />
      <TextField
        {...field('password')}
        type="password"
        label={words.password}
        description={words.passwordRule}
        autoComplete="new-password"
      />
      <TextField {...field('repeated')} type="password" label={words.repeat} autoComplete="new-password" />
    </Fieldset>
  )
}
