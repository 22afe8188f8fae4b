import { Radio, RadioGroup, TextField } from '@navikt/ds-react'
import { ON_SILENCE } from '../../../domain/campaigns.ts'
import { onSilenceText, campaignsText as words } from '../../text/reviews.ts'
import type { fieldsOf } from '../form-fields.tsx'

/** With what a review is opened, by hand or by the calendar: how many days it takes, and what silence comes to. */
export function ReviewTerms({ field }: { field: ReturnType<typeof fieldsOf> }) {
  const silence = field('onSilence')
  return (
    <>
      <TextField
        {...field('workingDays')}
        label={words.workingDays}
        description={words.workingDaysHelp}
        inputMode="numeric"
        className="field--short"
      />
      <RadioGroup
        legend={words.onSilence}
        description={words.onSilenceHelp}
        name="onSilence"
        id={silence.id}
        error={silence.error}
        defaultValue={silence.defaultValue}
      >
        {ON_SILENCE.map((code) => (
          <Radio key={code} value={code}>
            {onSilenceText[code]}
          </Radio>
        ))}
      </RadioGroup>
    </>
  )
}
