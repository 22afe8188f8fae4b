import { TextField, type TextFieldProps } from '@navikt/ds-react'

/**
 * A field the browser draws itself: a date, a colour or a file, with and without JavaScript. The component library lays it out
 * like any other; its type merely does not list these.
 */
export function NativeField({
  type,
  ...props
}: Omit<TextFieldProps, 'type'> & { type: 'color' | 'date' | 'time' | 'file'; accept?: string; multiple?: boolean }) {
  return <TextField {...props} type={type as 'text'} />
}
