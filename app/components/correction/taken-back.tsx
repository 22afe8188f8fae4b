import { Alert } from '@navikt/ds-react'
import { correctionText as words } from '../../text/corrections.ts'

/** What became of the last correction that was taken back. */
export function TakenBack({ version, reason, at }: { version: number; reason: string; at: Date | string }) {
  return (
    <Alert variant="info" className="reading">
      {words.takenBack(version, at)} <span className="typed">{reason}</span>
    </Alert>
  )
}
