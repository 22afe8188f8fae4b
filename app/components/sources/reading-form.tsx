import { Button, HStack, Select } from '@navikt/ds-react'
import { Form } from '@remix-run/react'
import { sourceText } from '../../text/sources.ts'

interface Props {
  importId: string
  encoding: keyof typeof sourceText.encodings
  separator: keyof typeof sourceText.separators
  error?: string
}

/** Detected encoding and separator, changeable; the preview below is read again. */
export function ReadingForm({ importId, encoding, separator, error }: Props) {
  return (
    <Form method="post" key={`${encoding}${separator}`} preventScrollReset>
      <input type="hidden" name="accion" value="lectura" />
      <input type="hidden" name="importacion" value={importId} />
      <HStack gap="space-16" align="end" wrap>
        <Select id="codificacion" name="codificacion" label={sourceText.encoding} defaultValue={encoding} error={error}>
          {Object.entries(sourceText.encodings).map(([code, label]) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </Select>
        <Select id="separador" name="separador" label={sourceText.separator} defaultValue={separator}>
          {Object.entries(sourceText.separators).map(([code, label]) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </Select>
        <Button type="submit" variant="secondary">
          {sourceText.readAgain}
        </Button>
      </HStack>
    </Form>
  )
}
