import { Checkbox, CheckboxGroup, Textarea, TextField } from '@navikt/ds-react'
import { useState } from 'react'
import { harmsNamed } from '../../../domain/risk-answers.ts'
import type { RiskChoices } from '../../pages/risk-forms.server.ts'
import { riskFormText as words } from '../../text/risks.ts'
import { type Answer, type FormField, fieldsOf } from '../form-fields.tsx'
import { Choice } from './choice.tsx'
import { DefinitionFields } from './definition-fields.tsx'
import { FormPart } from './form-part.tsx'
import { ImpactFields } from './impact-fields.tsx'
import { OwnerField, type OwnerOption } from './owner-field.tsx'

interface Props {
  answer: Answer | undefined
  owners: OwnerOption[]
  choices: RiskChoices
  initial?: Record<string, string> | undefined
  others?: readonly { code: string; name: string }[] | undefined
}

const { labels } = words

/** Where a risk stands, what may happen and why, and what it weighs. */
export function RiskFields({ answer, owners, choices, initial, others = [] }: Props) {
  const field = fieldsOf('riesgo', answer, initial)
  const [area, setArea] = useState(field('area').defaultValue)
  return (
    <>
      {choices.definition.length > 0 && <DefinitionFields field={field} parts={choices.definition} others={others} />}
      <FormPart title={words.whereTitle}>
        <TextField {...field('process')} label={labels.process} autoComplete="off" />
        <Textarea {...field('objective')} label={labels.objective} minRows={2} maxRows={8} />
        <OwnerField field={field('ownerId')} label={labels.ownerId} owners={owners} />
      </FormPart>
      <FormPart title={words.causeTitle}>
        {choices.isAsset ? (
          <AssetFields field={field} choices={choices} />
        ) : (
          <CauseFields field={field} choices={choices} onArea={setArea} />
        )}
        <Choice field={field('factor')} label={labels.factor} options={choices.factors} />
        <Textarea
          {...field('consequences')}
          label={labels.consequences}
          description={words.consequencesHelp}
          minRows={3}
          maxRows={10}
        />
      </FormPart>
      <FormPart title={words.weighTitle}>
        {choices.byWords ? (
          <Choice
            field={field('probability')}
            label={labels.probability}
            options={choices.probability.map(({ code, name, words: said }) => ({ code, name: `${name}: ${said}` }))}
          />
        ) : (
          <TextField
            {...field('timesPerYear')}
            label={labels.timesPerYear}
            description={words.timesHelp}
            inputMode="numeric"
            autoComplete="off"
            className="field--medium"
          />
        )}
        {choices.questions.length > 0 ? (
          <Questions field={field} questions={choices.questions} />
        ) : (
          <ImpactFields field={field} impact={choices.impact} named={choices.isAsset ? null : harmsNamed(area)} />
        )}
      </FormPart>
    </>
  )
}

function CauseFields({
  field,
  choices,
  onArea,
}: {
  field: FormField
  choices: RiskChoices
  onArea: (code: string) => void
}) {
  return (
    <>
      <Choice
        field={field('area')}
        label={labels.area}
        options={choices.harms.map(({ code, name }) => ({ code, name: words.harm(name) }))}
        onChoose={onArea}
        {...(choices.questions.length === 0 && { help: words.areaHelp })}
      />
      <TextField
        {...field('immediateCause')}
        label={labels.immediateCause}
        description={words.immediateHelp}
        autoComplete="off"
      />
      <TextField {...field('rootCause')} label={labels.rootCause} description={words.rootHelp} autoComplete="off" />
      <Choice field={field('classification')} label={labels.classification} options={choices.classifications} />
    </>
  )
}

function AssetFields({ field, choices }: { field: FormField; choices: RiskChoices }) {
  return (
    <>
      <Choice field={field('assetKind')} label={labels.assetKind} options={choices.assetKinds} />
      <TextField {...field('asset')} label={labels.asset} autoComplete="off" />
      <Choice field={field('property')} label={labels.property} options={choices.properties} />
      <TextField {...field('threat')} label={labels.threat} list="amenazas" autoComplete="off" />
      <datalist id="amenazas">
        {choices.threats.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <TextField {...field('vulnerability')} label={labels.vulnerability} list="vulnerabilidades" autoComplete="off" />
      <datalist id="vulnerabilidades">
        {choices.vulnerabilities.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </>
  )
}

function Questions({ field, questions }: { field: FormField; questions: RiskChoices['questions'] }) {
  const { id, error, defaultValue } = field('yes')
  return (
    <CheckboxGroup
      {...{ id, error }}
      legend={labels.yes}
      description={words.questionsHelp}
      defaultValue={defaultValue.split(',')}
      tabIndex={-1}
    >
      {questions.map(({ code, text }) => (
        <Checkbox key={code} name="yes" value={code}>
          {text}
        </Checkbox>
      ))}
    </CheckboxGroup>
  )
}
