import { VStack } from '@navikt/ds-react'
import type { Rehearsal } from '../../../db/rehearsal.ts'
import type { SubstitutionScope } from '../../../domain/substitutions.ts'
import { planText as words } from '../../text/absences.ts'
import { ConfirmForm } from '../confirm-form.tsx'
import { Section } from '../section.tsx'
import { RehearsalOf } from './rehearsal.tsx'

interface Props {
  rehearsed: { name: string; scope: SubstitutionScope; rehearsal: Rehearsal }[]
  /** What was typed, sent again as it is. */
  values: Record<string, string>
}

/** What each substitute could open, and the button that plans the absence (features N12). */
export function ConfirmPlan({ rehearsed, values }: Props) {
  return (
    <Section id="ensayo" title={words.rehearsalTitle}>
      <ConfirmForm hidden={{ ...values, paso: 'planear' }} submit={words.submit} cancelTo="/ausencias">
        <VStack gap="space-16">
          {rehearsed.map((one) => (
            <RehearsalOf key={one.scope} {...one} />
          ))}
        </VStack>
      </ConfirmForm>
    </Section>
  )
}
