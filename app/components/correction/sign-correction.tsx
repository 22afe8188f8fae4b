import { BodyLong } from '@navikt/ds-react'
import { correctionText as words } from '../../text/corrections.ts'
import type { Answer } from '../form-fields.tsx'
import { VerdictForm } from '../verdict-form.tsx'

interface Props {
  /** Of the files shown: exactly these are signed. */
  hash: string
  statement: string
  asksPassword: boolean
  answer: Answer | undefined
}

/** Signs the correction as prepared, or gives it back with an observation. */
export function SignCorrection({ hash, statement, ...form }: Props) {
  const { observation, sign: approve, giveBack } = words
  return (
    <VerdictForm
      form="firma"
      title={words.signTitle}
      hidden={{ huella: hash }}
      words={{ observation, approve, giveBack }}
      {...form}
    >
      <BodyLong weight="semibold">{statement}</BodyLong>
      <BodyLong className="quiet">{words.signing}</BodyLong>
    </VerdictForm>
  )
}
