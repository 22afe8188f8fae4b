import { Alert, VStack } from '@navikt/ds-react'
import type { ImportRow } from '../../../db/imports.ts'
import type { Mapping } from '../../../domain/sources.ts'
import type { Preview } from '../../pages/source.server.ts'
import { formatBytes } from '../../text/format.ts'
import { sourceText } from '../../text/sources.ts'
import { ConfirmForm } from '../confirm-form.tsx'
import { errorOf, type ShownError } from '../form-errors.tsx'
import { Section } from '../section.tsx'
import { ColumnsChanged } from './columns-changed.tsx'
import { MappingForm } from './mapping-form.tsx'
import { PreviewTable } from './preview-table.tsx'
import { ReadingForm } from './reading-form.tsx'

interface Props {
  /** Address of the source's page. */
  here: string
  file: ImportRow
  preview: Preview
  wanted: { code: string; label: string }[]
  /** The source of an earlier exercise whose columns are the accepted ones; null where a file of its own is in use. */
  against: { name: string; vigencia: number } | null
  /** What was wrong with the last answer, and the mapping as it was typed. */
  answer: { errors: ShownError[]; mapping: Mapping | null } | undefined
}

/** How a file is read, and what each of its columns is: nothing is imported before a person confirmed both. */
export function ConfirmReading({ here, file, preview, wanted, against, answer }: Props) {
  return (
    <>
      <Section id="lectura" title={sourceText.reading}>
        <VStack gap="space-24">
          <p>{sourceText.received(file.fileName, formatBytes(file.bytes))}</p>
          {!file.isAsked && (
            <ReadingForm
              key={JSON.stringify(file.sniff)}
              importId={file.id}
              reading={file.sniff}
              sheets={file.sniff.sheets}
              error={errorOf(answer?.errors, 'lectura')}
            />
          )}
          {preview.formulas.length > 0 && (
            <Alert variant="info">{sourceText.formulas(preview.formulas.join(', '))}</Alert>
          )}
          <PreviewTable header={preview.header} rows={preview.rows} lines={preview.lines} />
        </VStack>
      </Section>
      <Section id="correspondencia" title={sourceText.mapping}>
        <ColumnsChanged changes={preview.drift} against={against} />
        <p className="reading">{sourceText.mappingWhy}</p>
        <MappingForm
          key={preview.header.join('\u001f')}
          importId={file.id}
          mapping={answer?.mapping ?? preview.mapping}
          examples={preview.examples}
          wanted={wanted}
          errors={answer?.errors.filter((error) => error.field.startsWith('columna'))}
        />
        {!file.isAsked && <Discard importId={file.id} here={here} />}
      </Section>
    </>
  )
}

function Discard({ importId, here }: { importId: string; here: string }) {
  return (
    <details className="quiet-details">
      <summary>{sourceText.discard}</summary>
      <ConfirmForm
        hidden={{ accion: 'cancelar', importacion: importId }}
        submit={sourceText.discard}
        danger
        cancelTo={here}
      >
        {null}
      </ConfirmForm>
    </details>
  )
}
