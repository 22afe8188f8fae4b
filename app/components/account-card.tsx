import { Alert, BodyLong, CopyButton, Heading, HStack, TextField, VStack } from '@navikt/ds-react'
import { accountText, peopleText } from '../text/administration.ts'
import { AdminForm } from './admin-form.tsx'
import { type Answer, fieldsOf } from './form-fields.tsx'
import { HandTo } from './left-work.tsx'

interface Props {
  person: {
    displayName: string
    email: string | null
    endedOn: string | null
    account: {
      email: string
      isOpen: boolean
      hasLink: boolean
      hasFactor: boolean
      isLinked: boolean
      lastEntry: string | null
    } | null
  }
  answer: Answer | undefined
  /** Just made, shown this once. */
  link: string | undefined
  /** Something of theirs is open: to which positions it may be given. */
  takers: { id: string; name: string }[]
}

/** The account of a person: open it, make a new link, close it. */
export function AccountCard({ person, answer, link, takers }: Props) {
  const { account } = person
  const isOpen = account?.isOpen ?? false
  return (
    <section className="card" aria-labelledby="cuenta">
      <VStack gap="space-16">
        <Heading level="2" size="medium" id="cuenta">
          {peopleText.accountTitle}
        </Heading>
        {link ? (
          <MadeLink link={link} name={person.displayName} />
        ) : (
          <BodyLong>
            {!account
              ? accountText.none
              : isOpen
                ? `${accountText.open(account.email)} ${accountText.lastEntry(account.lastEntry)}${account.hasLink ? ` ${accountText.waiting}` : ''}`
                : accountText.closed(account.email)}
          </BodyLong>
        )}
        {!isOpen && !person.endedOn && <OpenAccount email={account?.email ?? person.email} answer={answer} />}
        {isOpen && !link && <OpenAccountActions answer={answer} takers={takers} />}
        {isOpen && account?.hasFactor && (
          <TakeAway code="factor" help={accountText.factorHelp} submit={accountText.takeFactor} answer={answer} />
        )}
        {isOpen && account?.isLinked && (
          <TakeAway code="directorio" help={accountText.linkedHelp} submit={accountText.unlink} answer={answer} />
        )}
      </VStack>
    </section>
  )
}

function MadeLink({ link, name }: { link: string; name: string }) {
  return (
    <Alert variant="success" role="status">
      <VStack gap="space-8">
        <Heading level="3" size="xsmall">
          {accountText.linkTitle}
        </Heading>
        <BodyLong>{accountText.linkIntro(name)}</BodyLong>
        <code className="breakable" data-testid="enlace">
          {link}
        </code>
        <div>
          <CopyButton copyText={link} text={accountText.copy} />
        </div>
      </VStack>
    </Alert>
  )
}

function OpenAccount({ email, answer }: { email: string | null; answer: Answer | undefined }) {
  const field = fieldsOf('abrir', answer, { email })
  return (
    <AdminForm code="abrir" answer={answer} submit={accountText.create}>
      <TextField
        {...field('email')}
        type="email"
        label={accountText.email}
        description={accountText.emailHelp}
        autoComplete="off"
      />
    </AdminForm>
  )
}

interface TakeAwayProps {
  code: string
  help: string
  submit: string
  answer: Answer | undefined
}

function TakeAway({ code, help, submit, answer }: TakeAwayProps) {
  return (
    <VStack gap="space-8" className="reading">
      <BodyLong size="small">{help}</BodyLong>
      <AdminForm code={code} answer={answer} submit={submit} danger>
        {null}
      </AdminForm>
    </VStack>
  )
}

function OpenAccountActions({ answer, takers }: Pick<Props, 'answer' | 'takers'>) {
  return (
    <HStack gap="space-32" wrap>
      <VStack gap="space-8" className="half">
        <BodyLong size="small">{accountText.renewHelp}</BodyLong>
        <AdminForm code="enlace" answer={answer} submit={accountText.renew} secondary>
          {null}
        </AdminForm>
      </VStack>
      <VStack gap="space-8" className="half">
        <BodyLong size="small">{accountText.endSessionsHelp}</BodyLong>
        <AdminForm code="sesiones" answer={answer} submit={accountText.endSessions} secondary>
          {null}
        </AdminForm>
      </VStack>
      <VStack gap="space-8" className="half">
        <BodyLong size="small">{accountText.disableHelp}</BodyLong>
        <AdminForm code="cerrar" answer={answer} submit={accountText.disable} danger>
          {takers.length > 0 && <HandTo field={fieldsOf('cerrar', answer)('handTo')} positions={takers} />}
        </AdminForm>
      </VStack>
    </HStack>
  )
}
