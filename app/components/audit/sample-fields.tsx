import { Radio, RadioGroup, Select, TextField } from '@navikt/ds-react'
import { POPULATIONS, STRATA } from '../../../domain/audit-samples.ts'
import { SAMPLE_METHODS } from '../../../domain/sampling.ts'
import { populationText, sampleMethodText, stratumText, newSampleText as words } from '../../text/audit-samples.ts'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { NativeField } from '../native-field.tsx'

interface Props {
  answer: Answer | undefined
  /** What the fields begin with. */
  initial: { seed: string; from: string; to: string }
}

/** Of what, of when, how, how many, and the seed. */
export function SampleFields({ answer, initial }: Props) {
  const field = fieldsOf('muestra', answer, { ...initial, wanted: '20', method: 'simple' })
  return (
    <>
      <RadioGroup legend={words.population} {...field('population')}>
        {POPULATIONS.map((code) => (
          <Radio key={code} value={code}>
            {populationText[code]}
          </Radio>
        ))}
      </RadioGroup>
      <Select {...field('part')} label={words.part} description={words.partHelp} className="field--medium">
        <option value="">{words.whole}</option>
        {POPULATIONS.map((population) => (
          <optgroup key={population} label={populationText[population]}>
            {STRATA[population].map((stratum) => (
              <option key={stratum} value={`${population}:${stratum}`}>
                {stratumText(population, stratum)}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
      <NativeField {...field('from')} type="date" label={words.from} className="field--medium" />
      <NativeField {...field('to')} type="date" label={words.to} className="field--medium" />
      <RadioGroup legend={words.method} {...field('method')}>
        {SAMPLE_METHODS.map((code) => (
          <Radio key={code} value={code}>
            {sampleMethodText[code]}
          </Radio>
        ))}
      </RadioGroup>
      <TextField
        {...field('wanted')}
        label={words.wanted}
        description={words.wantedHelp}
        inputMode="numeric"
        autoComplete="off"
        className="field--medium"
      />
      <TextField {...field('seed')} label={words.seed} description={words.seedHelp} autoComplete="off" />
    </>
  )
}
