import { Alert, BodyLong, VStack } from '@navikt/ds-react'
import type { Change } from '../../../domain/forms.ts'
import { decisionText } from '../../text/decisions.ts'
import { ChangesTable } from './changes-table.tsx'

/** Why a decision did not come about; with what changed, where it was taken on another content than the one that stands. */
export function DecisionRefused({ refusal, changes }: { refusal: string; changes: Change[] }) {
  return (
    <Alert variant="warning" role="alert">
      <VStack gap="space-12">
        {refusal}
        {changes.length > 0 && (
          <>
            <BodyLong>{decisionText.changedIntro}</BodyLong>
            <ChangesTable caption={decisionText.changedTitle} changes={changes} />
          </>
        )}
      </VStack>
    </Alert>
  )
}
