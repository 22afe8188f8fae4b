import { Alert, BodyLong, Button, HStack, TextField, Link as TextLink, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { actOnOwnAccount, loadOwnAccount } from '../../pages/own-account.server.ts'
import { requireActor } from '../../session.server.ts'
import { ownAccountText as words } from '../../text/account.ts'
import { decisionText } from '../../text/decisions.ts'
import { shellText } from '../../text/shell.ts'
import { newPasswordText } from '../../text/sign-in.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return await loadOwnAccount(request, context, await requireActor(request, context))
}

export async function action({ request, context }: ActionFunctionArgs) {
  return await actOnOwnAccount(request, context, await requireActor(request, context))
}

type Line = ReturnType<typeof useLoaderData<typeof loader>>['sessions'][number]

export default function OwnAccount() {
  const { email, sessions, hasFactor, requiresFactor, hasPassword, refused } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: words.title }]} />
        <PageHeader title={words.title} state={words.state(email, sessions.length)} />
        <DoneNotice sentences={words.done} />
        {refused && <Alert variant="warning">{refused}</Alert>}
      </div>
      <Section id="factor" title={words.factor}>
        <VStack gap="space-12" className="reading">
          <BodyLong>
            {hasFactor ? words.factorOn : words.factorOff} {requiresFactor && words.factorRequired}
          </BodyLong>
          <TextLink as={Link} className="row-link" to="/cuenta/segundo-factor">
            {hasFactor ? words.toFactor.on : words.toFactor.off}
          </TextLink>
        </VStack>
      </Section>
      <Section id="sesiones" title={words.sessions}>
        <VStack gap="space-16">
          <BodyLong className="reading">{words.sessionsHelp}</BodyLong>
          <ul className="plain-list">
            {sessions.map((session) => (
              <li key={session.id} className="card">
                <HStack gap="space-16" justify="space-between" align="center" wrap>
                  <div>
                    <strong>{words.device(session.device)}</strong>
                    <span className="block">{words.times(session)}</span>
                  </div>
                  {session.isThis ? <span>{words.isThis}</span> : <End of={session} />}
                </HStack>
              </li>
            ))}
          </ul>
          {sessions.length > 1 && (
            <Form method="post">
              <Button type="submit" name="formulario" value="sesiones" variant="secondary">
                {words.endAll}
              </Button>
            </Form>
          )}
        </VStack>
      </Section>
      {hasPassword ? (
        <PasswordForm hasFactor={hasFactor} />
      ) : (
        <Section id="clave" title={words.password}>
          <BodyLong className="reading">{words.noPassword}</BodyLong>
        </Section>
      )}
    </VStack>
  )
}

function End({ of: session }: { of: Line }) {
  return (
    <Form method="post">
      <input type="hidden" name="sesion" value={session.id} />
      <Button
        type="submit"
        name="formulario"
        value="sesion"
        variant="secondary"
        aria-label={words.endOf(words.device(session.device))}
      >
        {words.end}
      </Button>
    </Form>
  )
}

function PasswordForm({ hasFactor }: { hasFactor: boolean }) {
  const answer = useActionData<typeof action>()
  const field = fieldsOf('clave', answer)
  return (
    <Section id="clave" title={words.password}>
      <BodyLong spacing>{words.passwordHelp}</BodyLong>
      <AdminForm code="clave" answer={answer} submit={words.change} secondary>
        <input type="hidden" autoComplete="username" />
        <TextField {...field('clave')} type="password" label={words.current} autoComplete="current-password" />
        {hasFactor && (
          <TextField
            {...field('codigo')}
            label={decisionText.code}
            description={decisionText.codeHelp}
            autoComplete="one-time-code"
          />
        )}
        <TextField
          {...field('nueva')}
          type="password"
          label={words.new}
          description={newPasswordText.rule}
          autoComplete="new-password"
        />
        <TextField {...field('otra')} type="password" label={words.repeat} autoComplete="new-password" />
      </AdminForm>
    </Section>
  )
}
