import { BodyLong, Checkbox, CheckboxGroup, Fieldset, HStack, Textarea, TextField } from '@navikt/ds-react'
import type { Pair } from '../../../domain/crosswalks.ts'
import type { VariableOption } from '../../../domain/variable-definitions.ts'
import { crosswalkText as words } from '../../text/variables.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { Section } from '../section.tsx'

interface Props {
  form: {
    old: readonly VariableOption[]
    now: readonly VariableOption[]
    likely: Pair[]
    /** Where the unit of a number changed; then how it is converted is asked. */
    units: { before: string; after: string } | null
  }
  answer: (Answer & { pairs?: Pair[] }) | undefined
}

/** For each value of before, the values it went to; begins with what most likely stays the same. Works without script. */
export function ProposeCrosswalk({ form: { old, now, likely, units }, answer }: Props) {
  const pairs = answer?.pairs ?? likely
  const field = fieldsOf('propuesta', answer, { suma: '0' })
  const isListed = now.length > 0
  return (
    <Section id="proponer" title={words.form}>
      <AdminForm code="propuesta" answer={answer} submit={words.propose}>
        {!units && <BodyLong>{isListed ? words.pairs : words.oneToOne}</BodyLong>}
        {units && <Conversion units={units} field={field} />}
        {isListed &&
          old.map(({ code, label }, i) => (
            <div key={code}>
              <input type="hidden" name="viejo" value={code} />
              <CheckboxGroup
                legend={words.wentTo(label)}
                size="small"
                defaultValue={pairs.find(({ from }) => from === code)?.to ?? []}
              >
                <div className="choices">
                  {now.map((option) => (
                    <Checkbox key={option.code} name={`nuevo-${i}`} value={option.code}>
                      {option.label}
                    </Checkbox>
                  ))}
                </div>
              </CheckboxGroup>
            </div>
          ))}
        <Textarea {...field('note')} label={words.note} description={words.noteHelp} minRows={3} />
      </AdminForm>
    </Section>
  )
}

type Field = ReturnType<typeof fieldsOf>

/** «12 (meses) equivalen a 1 (años)», and what is added where the two scales do not begin at the same place. */
function Conversion({ units: { before, after }, field }: { units: { before: string; after: string }; field: Field }) {
  const number = { inputMode: 'decimal', autoComplete: 'off', htmlSize: 12 } as const
  return (
    <Fieldset legend={words.conversion} description={words.conversionHelp(before, after)}>
      <HStack gap="space-16" wrap>
        <TextField {...field('antes')} {...number} label={words.amountBefore(before)} />
        <TextField {...field('ahora')} {...number} label={words.amountAfter(after)} />
      </HStack>
      <TextField {...field('suma')} {...number} label={words.offset(after)} description={words.offsetHelp} />
    </Fieldset>
  )
}
