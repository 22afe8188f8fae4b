import { Checkbox, CheckboxGroup, Heading, Select, Textarea, TextField } from '@navikt/ds-react'
import type { RiskChoices } from '../../pages/risk-actions.server.ts'
import { riskFormText as words } from '../../text/risks.ts'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { OwnerField, type OwnerOption } from './owner-field.tsx'

interface Props {
  answer: Answer | undefined
  owners: OwnerOption[]
  choices: RiskChoices
  initial?: Record<string, string>
}

type Field = ReturnType<typeof fieldsOf>

/** Where a risk stands, what may happen and why, and what it weighs. */
export function RiskFields({ answer, owners, choices, initial }: Props) {
  const field = fieldsOf('riesgo', answer, initial)
  const chosen = (answer?.values.yes ?? initial?.yes ?? '').split(',')
  return (
    <>
      <Heading level="2" size="small">
        {words.whereTitle}
      </Heading>
      <TextField {...field('process')} label={words.process} autoComplete="off" />
      <Textarea {...field('objective')} label={words.objective} minRows={2} maxRows={8} />
      <OwnerField field={field('ownerId')} label={words.owner} owners={owners} />
      <Heading level="2" size="small">
        {words.causeTitle}
      </Heading>
      {choices.isAsset ? (
        <AssetFields field={field} choices={choices} />
      ) : (
        <CauseFields field={field} choices={choices} />
      )}
      <Choice field={field('factor')} label={words.factor} options={choices.factors} />
      <Textarea
        {...field('consequences')}
        label={words.consequences}
        description={words.consequencesHelp}
        minRows={3}
        maxRows={10}
      />
      <Textarea
        {...field('description')}
        label={words.description}
        description={words.descriptionHelp(choices.template)}
        minRows={2}
        maxRows={8}
      />
      <Heading level="2" size="small">
        {words.weighTitle}
      </Heading>
      {choices.byWords ? (
        <Choice field={field('probability')} label={words.probability} options={choices.probability.map(withWords)} />
      ) : (
        <TextField
          {...field('timesPerYear')}
          label={words.times}
          description={words.timesHelp}
          inputMode="numeric"
          autoComplete="off"
          className="field--medium"
        />
      )}
      {choices.questions.length > 0 ? (
        <CheckboxGroup
          id={field('yes').id}
          legend={words.questions}
          error={field('yes').error}
          defaultValue={chosen}
          tabIndex={-1}
        >
          {choices.questions.map(({ code, text }) => (
            <Checkbox key={code} name="yes" value={code}>
              {text}
            </Checkbox>
          ))}
        </CheckboxGroup>
      ) : (
        <ImpactFields field={field} choices={choices} />
      )}
    </>
  )
}

function CauseFields({ field, choices }: { field: Field; choices: RiskChoices }) {
  return (
    <>
      <Choice
        field={field('area')}
        label={words.area}
        options={choices.harms.map(({ code, name }) => ({ code, name: words.harm(name) }))}
      />
      <TextField
        {...field('immediateCause')}
        label={words.immediateCause}
        description={words.immediateHelp}
        autoComplete="off"
      />
      <TextField {...field('rootCause')} label={words.rootCause} description={words.rootHelp} autoComplete="off" />
      <Choice field={field('classification')} label={words.classification} options={choices.classifications} />
    </>
  )
}

function AssetFields({ field, choices }: { field: Field; choices: RiskChoices }) {
  return (
    <>
      <Choice field={field('assetKind')} label={words.assetKind} options={choices.assetKinds} />
      <TextField {...field('asset')} label={words.asset} autoComplete="off" />
      <Choice field={field('property')} label={words.property} options={choices.properties} />
      <TextField {...field('threat')} label={words.threat} list="amenazas" autoComplete="off" />
      <datalist id="amenazas">
        {choices.threats.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <TextField {...field('vulnerability')} label={words.vulnerability} list="vulnerabilidades" autoComplete="off" />
      <datalist id="vulnerabilidades">
        {choices.vulnerabilities.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </>
  )
}

function ImpactFields({ field, choices }: { field: Field; choices: RiskChoices }) {
  const byMoney = choices.impact.map(({ code, name, economic }) => ({
    ...{ code, name: economic ? `${name}: ${words.smlmv(economic.min, economic.max)}` : name },
  }))
  return (
    <>
      <Choice field={field('economic')} label={words.economic} options={byMoney} none={words.notApplicable} />
      <Choice
        field={field('reputational')}
        label={words.reputational}
        options={choices.impact.map(withWords)}
        none={words.notApplicable}
      />
    </>
  )
}

const withWords = ({ code, name, words: said }: { code: string; name: string; words: string }) => ({
  ...{ code, name: `${name}: ${said}` },
})

interface ChoiceProps {
  field: ReturnType<Field>
  label: string
  options: readonly { code: string; name: string }[]
  none?: string
}

export function Choice({ field, label, options, none = words.chooseOne }: ChoiceProps) {
  return (
    <Select {...field} label={label}>
      <option value="">{none}</option>
      {options.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </Select>
  )
}
