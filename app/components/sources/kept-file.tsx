import { Button, HStack, VStack } from '@navikt/ds-react'
import { Form, useNavigation } from '@remix-run/react'
import type { ImportRow } from '../../../db/imports.ts'
import { mayEndOtherwise } from '../../../domain/sources.ts'
import { formatBytes } from '../../text/format.ts'
import { sourceText } from '../../text/sources.ts'
import { Section } from '../section.tsx'

/** The file of an import that was cancelled or failed: it is here, and is not sent again. */
export function KeptFile({ row }: { row: ImportRow }) {
  const busy = useNavigation().state === 'submitting'
  const mayGoOn = row.isAsked && mayEndOtherwise(row.failureCode)
  const mayReview = row.baseImportId === null
  if (!mayGoOn && !mayReview) return null
  return (
    <Section id="guardado" title={sourceText.kept}>
      <Form method="post">
        <VStack gap="space-16" className="reading">
          <p>{sourceText.keptWhy(row.fileName, formatBytes(row.bytes))}</p>
          {!mayGoOn && row.isAsked && <p>{sourceText.keptSame}</p>}
          <input type="hidden" name="importacion" value={row.id} />
          <HStack gap="space-16" wrap>
            {mayGoOn && (
              <Button type="submit" name="accion" value="reintentar" loading={busy}>
                {sourceText.restart}
              </Button>
            )}
            {mayReview && (
              <Button
                type="submit"
                name="accion"
                value="revisar"
                variant={mayGoOn ? 'secondary' : 'primary'}
                loading={busy}
              >
                {sourceText.restartReviewed}
              </Button>
            )}
          </HStack>
        </VStack>
      </Form>
    </Section>
  )
}
