import { Alert, BodyShort, Heading, VStack } from '@navikt/ds-react'
import { receiptText } from '../text/parts.ts'

interface Props {
  /** What was done, in one sentence. */
  sentence: string
  /** Who acts next. */
  next?: string
  receiptCode: string
  /** Absent while the act is "En trámite". */
  at?: string | null
}

/** After an act: what was recorded, its code, and what happens next. */
export function Receipt({ sentence, next, receiptCode, at }: Props) {
  return (
    <Alert variant={at ? 'success' : 'info'} role="status">
      <VStack gap="space-8">
        <Heading level="2" size="small">
          {at ? receiptText.title : receiptText.pendingTitle}
        </Heading>
        <BodyShort>{sentence}</BodyShort>
        <BodyShort>{at ? receiptText.when(at) : receiptText.pending}</BodyShort>
        {next && <BodyShort>{next}</BodyShort>}
        <BodyShort>
          {receiptText.code}: <code>{receiptCode}</code>
        </BodyShort>
      </VStack>
    </Alert>
  )
}
