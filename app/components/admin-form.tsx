import { Button, HStack, VStack } from '@navikt/ds-react'
import { Form, Link, useNavigation, useSearchParams } from '@remix-run/react'
import { type ReactNode, useMemo } from 'react'
import { confirmFormText } from '../text/parts.ts'
import { FormErrors } from './form-errors.tsx'
import { type Answer, errorsOf } from './form-fields.tsx'

interface Props {
  /** Tells the forms of a page apart: ids of fields begin with it, and it travels as `formulario`. */
  code: string
  answer: Answer | undefined
  children: ReactNode
  submit: string
  danger?: boolean
  secondary?: boolean
  hidden?: Record<string, string>
  cancelTo?: string
  encType?: 'multipart/form-data'
  action?: string
  /** What it answers stands after this page in the history, so that the way back leads here. */
  isStep?: boolean
  /** Other buttons of the same form, after its own. */
  more?: ReactNode
}

/**
 * A form of the administration: summary of errors, fields, one button. Empty again once something was done. A refusal of the whole
 * leads to the form itself.
 */
export function AdminForm({ code, answer, children, submit, hidden = {}, cancelTo, ...look }: Props) {
  const [search] = useSearchParams()
  const errors = useMemo(() => errorsOf(code, answer), [code, answer])
  const navigation = useNavigation()
  const busy = navigation.state === 'submitting' && navigation.formData?.get('formulario') === code
  return (
    <Form
      method="post"
      noValidate
      id={`${code}-`}
      tabIndex={-1}
      key={search.get('hecho')}
      encType={look.encType}
      action={look.action}
      {...(look.isStep && { replace: false })}
    >
      <VStack gap="space-20" className="reading">
        <FormErrors errors={errors} />
        <input type="hidden" name="formulario" value={code} />
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {children}
        <HStack gap="space-16" wrap>
          <Button
            type="submit"
            loading={busy}
            variant={look.secondary || look.danger ? 'secondary' : 'primary'}
            data-color={look.danger ? 'danger' : undefined}
          >
            {submit}
          </Button>
          {look.more}
          {cancelTo && (
            <Button as={Link} to={cancelTo} variant="tertiary">
              {confirmFormText.cancel}
            </Button>
          )}
        </HStack>
      </VStack>
    </Form>
  )
}
