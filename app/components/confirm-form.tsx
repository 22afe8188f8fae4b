import { Button, HStack, VStack } from '@navikt/ds-react'
import { Form, Link, useNavigation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { confirmFormText } from '../text/parts.ts'

interface Props {
  /** Says what will happen: statement, list of consequences, fields. */
  children: ReactNode
  /** Hidden values the act is about. */
  hidden: Record<string, string | number>
  submit: string
  /** Name and value of the button, where one form carries several verdicts. */
  verdict?: string
  danger?: boolean
  /** Where "Cancelar" leads. */
  cancelTo: string
  action?: string
}

/** A consequence shown before the act, one button that does it, one way back. A second click while sending does nothing. */
export function ConfirmForm({ children, hidden, submit, verdict, danger, cancelTo, action }: Props) {
  const busy = useNavigation().state === 'submitting'
  return (
    <Form method="post" action={action} noValidate>
      <VStack gap="space-20">
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {children}
        <HStack gap="space-16" wrap>
          <Button
            type="submit"
            data-color={danger ? 'danger' : undefined}
            loading={busy}
            {...(verdict && { name: 'verdict', value: verdict })}
          >
            {submit}
          </Button>
          <Button as={Link} to={cancelTo} variant="tertiary">
            {confirmFormText.cancel}
          </Button>
        </HStack>
      </VStack>
    </Form>
  )
}
