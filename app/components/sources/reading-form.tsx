import { Button, HStack, Select, TextField, VStack } from '@navikt/ds-react'
import { Form, useNavigation } from '@remix-run/react'
import { MAX_HEADER_LINE, type Reading } from '../../../domain/file-readings.ts'
import { sourceText } from '../../text/sources.ts'

interface Props {
  importId: string
  reading: Reading
  /** Sheets of a workbook. */
  sheets: string[]
  error: string | undefined
}

/** What was detected of the file, all of it changeable; the preview below is read again (experience 44). */
export function ReadingForm({ importId, reading, sheets, error }: Props) {
  const busy = useNavigation().state === 'submitting'
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="accion" value="lectura" />
      <input type="hidden" name="importacion" value={importId} />
      <VStack gap="space-16">
        <HStack gap="space-16" align="end" wrap>
          {reading.format === 'xlsx' ? (
            <SheetField sheets={sheets} chosen={reading.sheet} />
          ) : (
            <TextFields {...reading} />
          )}
          <TextField
            id="encabezado"
            name="encabezado"
            className="reading-line"
            label={reading.format === 'xlsx' ? sourceText.headerRow : sourceText.headerLine}
            inputMode="numeric"
            htmlSize={4}
            maxLength={String(MAX_HEADER_LINE).length}
            defaultValue={String(reading.headerLine)}
          />
          <Select id="filas" name="filas" label={sourceText.headerRows} defaultValue={String(reading.headerRows)}>
            <Options names={sourceText.headerRowsNames} />
          </Select>
          <Button type="submit" variant="secondary" loading={busy}>
            {sourceText.readAgain}
          </Button>
        </HStack>
        {error && (
          <p className="file-field__problem" role="alert">
            {error}
          </p>
        )}
      </VStack>
    </Form>
  )
}

function SheetField({ sheets, chosen }: { sheets: string[]; chosen: string | null }) {
  return (
    <Select id="hoja" name="hoja" label={sourceText.sheet} defaultValue={chosen ?? undefined}>
      {sheets.map((sheet) => (
        <option key={sheet} value={sheet}>
          {sheet}
        </option>
      ))}
    </Select>
  )
}

function TextFields({ encoding, separator }: Pick<Reading, 'encoding' | 'separator'>) {
  return (
    <>
      <Select id="codificacion" name="codificacion" label={sourceText.encoding} defaultValue={encoding}>
        <Options names={sourceText.encodings} />
      </Select>
      <Select id="separador" name="separador" label={sourceText.separator} defaultValue={separator}>
        <Options names={sourceText.separators} />
      </Select>
    </>
  )
}

function Options({ names }: { names: Record<string, string> }) {
  return Object.entries(names).map(([code, label]) => (
    <option key={code} value={code}>
      {label}
    </option>
  ))
}
