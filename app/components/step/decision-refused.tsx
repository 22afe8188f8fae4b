import { Alert, BodyLong, VStack } from '@navikt/ds-react'
import type { Change } from '../../../domain/forms.ts'
import { decisionText } from '../../text/decisions.ts'
import { ChangesTable } from './changes-table.tsx'

interface Props {
  refusal: string
  /** From the content decided on to the one that stands. */
  changes: Change[]
  /** Observations typed, where the page offers no form any more that would hold them. */
  lost: string[]
}

/** Why a decision did not come about; with what changed, and nothing lost of what was typed. */
export function DecisionRefused({ refusal, changes, lost }: Props) {
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
        {lost.length > 0 && (
          <>
            <strong>{decisionText.notTaken}</strong>
            {lost.map((text) => (
              <span key={text} className="typed">
                {text}
              </span>
            ))}
          </>
        )}
      </VStack>
    </Alert>
  )
}
