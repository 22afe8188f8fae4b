import { Alert, BodyLong, Textarea } from '@navikt/ds-react'
import { correctionText as words } from '../../text/corrections.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { Section } from '../section.tsx'

/** Takes a signed correction back before its hour. */
export function TakeBack({ answer }: { answer: Answer | undefined }) {
  return (
    <Section id="retiro" title={words.takeBackTitle}>
      <BodyLong className="reading" spacing>
        {words.takeBackIntro}
      </BodyLong>
      <AdminForm code="retiro" answer={answer} submit={words.takeBack} danger>
        <Textarea {...fieldsOf('retiro', answer)('reason')} label={words.takeBackReason} minRows={2} />
      </AdminForm>
    </Section>
  )
}

/** What became of the last correction that was taken back. */
export function TakenBack({ version, reason, at }: { version: number; reason: string; at: Date | string }) {
  return (
    <Alert variant="info" className="reading">
      {words.takenBack(version, at)} <span className="typed">{reason}</span>
    </Alert>
  )
}
