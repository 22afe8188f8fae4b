import { BodyLong, Button, TextField, Link as TextLink, VStack } from '@navikt/ds-react'
import { Form, Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { factorText as words } from '../text/account.ts'
import { errorOf, FormErrors, type ShownError } from './form-errors.tsx'
import { ProvedField } from './proved-field.tsx'
import { Section } from './section.tsx'

interface FactorForm {
  code: string
  errors: ShownError[] | undefined
  submit: string
  children?: ReactNode
  isPrimary?: boolean
}

/** One of the forms of the second factor. */
function FactorForm({ code, errors, submit, children, isPrimary = false }: FactorForm) {
  const own = errors?.filter(({ field }) => field.startsWith(`${code}-`))
  return (
    <Form method="post" noValidate>
      <VStack gap="space-16" className="reading">
        <FormErrors errors={own} />
        <input type="hidden" name="formulario" value={code} />
        {children}
        <div>
          <Button type="submit" variant={isPrimary ? 'primary' : 'secondary'}>
            {submit}
          </Button>
        </div>
      </VStack>
    </Form>
  )
}

interface Proved {
  asksPassword: boolean
  errors: ShownError[] | undefined
}

export function BeginFactor({ asksPassword, errors, isPrimary }: Proved & { isPrimary: boolean }) {
  return (
    <Section id="empezar" title={words.begin}>
      <BodyLong className="reading" spacing>
        {words.beginHelp}
      </BodyLong>
      <FactorForm code="empezar" errors={errors} submit={words.start} isPrimary={isPrimary}>
        {asksPassword && <ProvedField form="empezar" errors={errors} />}
      </FactorForm>
    </Section>
  )
}

interface Key {
  groups: string
  address: string
  qr: { side: number; path: string } | null
}

/** The key for the phone, as a picture and by hand, and its first code. */
export function AddFactor({ of: key, errors }: { of: Key; errors: ShownError[] | undefined }) {
  return (
    <>
      <Section id="agregar" title={words.add}>
        <VStack gap="space-16" className="reading">
          <BodyLong>{words.addHelp}</BodyLong>
          {key.qr && (
            <svg
              className="qr"
              role="img"
              aria-label={words.qr}
              viewBox={`0 0 ${key.qr.side} ${key.qr.side}`}
              shapeRendering="crispEdges"
            >
              <path fill="#fff" d={`M0 0h${key.qr.side}v${key.qr.side}H0z`} />
              <path fill="#000" d={key.qr.path} />
            </svg>
          )}
          <BodyLong>
            {words.byHand} <code className="breakable">{key.groups}</code>
          </BodyLong>
          <TextLink href={key.address}>{words.open}</TextLink>
        </VStack>
      </Section>
      <Section id="confirmar" title={words.confirm}>
        <FactorForm code="confirmar" errors={errors} submit={words.submit} isPrimary>
          <TextField
            id="confirmar-codigo"
            name="codigo"
            label={words.code}
            inputMode="numeric"
            autoComplete="one-time-code"
            className="field--medium"
            error={errorOf(errors, 'confirmar-codigo')}
          />
        </FactorForm>
      </Section>
    </>
  )
}

/** Shown in one answer only. */
export function RecoveryCodes({ codes }: { codes: string[] }) {
  return (
    <Section id="recuperacion" title={words.codes}>
      <VStack gap="space-16" className="reading">
        <BodyLong>{words.codesHelp}</BodyLong>
        <ul className="plain-list">
          {codes.map((code) => (
            <li key={code}>
              <code>{code.match(/.{1,4}/g)?.join(' ')}</code>
            </li>
          ))}
        </ul>
        <div>
          <Button as={Link} to="/cuenta/segundo-factor">
            {words.saved}
          </Button>
        </div>
      </VStack>
    </Section>
  )
}

export function ConfirmedFactor({ asksPassword, errors }: Proved) {
  return (
    <>
      <Section id="codigos" title={words.renew}>
        <BodyLong className="reading" spacing>
          {words.renewHelp}
        </BodyLong>
        <FactorForm code="codigos" errors={errors} submit={words.renew}>
          {asksPassword && <ProvedField form="codigos" errors={errors} />}
        </FactorForm>
      </Section>
      <Section id="quitar" title={words.remove}>
        <BodyLong className="reading" spacing>
          {words.removeHelp}
        </BodyLong>
        <FactorForm code="quitar" errors={errors} submit={words.remove}>
          {asksPassword && <ProvedField form="quitar" errors={errors} />}
        </FactorForm>
      </Section>
    </>
  )
}
