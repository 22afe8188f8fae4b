import { Button, Checkbox, CheckboxGroup, Select, TextField } from '@navikt/ds-react'
import { ruleInSpanish } from '../../../catalog/figure-titles.ts'
import { endsOf, isRange } from '../../../domain/ranges.ts'
import type { Condition } from '../../../domain/rules.ts'
import { rulesText } from '../../text/rules.ts'
import { NativeField } from '../native-field.tsx'
import { type BuiltRule, fieldAt, isMeasured, MAX_CHOICES, MAX_GROUPS, type RuleVariable } from './rule-query.ts'
import { VariableOptions } from './variable-options.tsx'

interface Props {
  groups: readonly Condition[][]
  variables: readonly RuleVariable[]
  faults: BuiltRule['faults']
}

/** First of its form: Enter in a field means this, and not the first button that changes what the form asks. */
export function EnterShows({ label }: { label: string }) {
  return (
    <button type="submit" className="aksel-sr-only" tabIndex={-1} aria-hidden="true">
      {label}
    </button>
  )
}

/** A rule made of choices, inside a GET form: groups that must all hold, of each of which one condition is enough. */
export function RuleFields({ groups, variables, faults }: Props) {
  const askable = variables.filter((variable) => variable.values.length > 0 || isMeasured(variable))
  return (
    <>
      {groups.map((group, g) => (
        <fieldset key={`g${String(g)}`} className="query__filter">
          <legend>{rulesText.group(g)}</legend>
          {group.map((condition, c) => (
            <Choice
              key={`c${String(c)}`}
              {...{ name: fieldAt(g, c), isMore: c > 0, condition, variables: askable, faults }}
            />
          ))}
          {group.length < MAX_CHOICES && group.some(({ variable }) => variable !== '') && (
            <Button type="submit" name="mas" value={`o${g}`} variant="tertiary" size="small">
              {rulesText.addOr}
            </Button>
          )}
        </fieldset>
      ))}
      {groups.length < MAX_GROUPS && groups.some((group) => group.some(({ variable }) => variable !== '')) && (
        <div>
          <Button type="submit" name="mas" value="y" variant="tertiary" size="small">
            {rulesText.addAnd}
          </Button>
        </div>
      )}
    </>
  )
}

interface ChoiceProps extends Pick<Props, 'variables' | 'faults'> {
  name: string
  /** Told apart by «o» from the one before. */
  isMore: boolean
  condition: Condition
}

/** Variable first; its values or its bounds appear once it is chosen. */
function Choice({ name, isMore, condition, variables, faults }: ChoiceProps) {
  const chosen = variables.find((variable) => variable.code === condition.variable)
  return (
    <div className="query__condition">
      <Select
        name={name}
        label={isMore ? `${rulesText.or}: ${rulesText.variable}` : rulesText.variable}
        defaultValue={chosen?.code ?? ''}
        size="small"
      >
        <option value="">{rulesText.noCondition}</option>
        <VariableOptions variables={variables} />
      </Select>
      {chosen && <input type="hidden" name={`${name}de`} value={chosen.code} />}
      {chosen && <Asked {...{ name, condition, chosen, faults }} />}
    </div>
  )
}

interface ChosenProps extends Pick<ChoiceProps, 'name' | 'condition'> {
  chosen: RuleVariable
}

function Asked({ faults, ...rest }: ChosenProps & Pick<Props, 'faults'>) {
  if (!isMeasured(rest.chosen)) return <Values {...rest} />
  const isListed = !isRange(rest.condition) && rest.condition.values.length > 0
  return isListed ? <KeptValues {...rest} /> : <Bounds {...rest} faults={faults} />
}

/** Numbers or days named one by one, as a rule written elsewhere has them: no range says them, so they stay until one is asked. */
function KeptValues({ name, condition, chosen }: ChosenProps) {
  const words = ruleInSpanish({ all: [condition] }, { variable: () => chosen.label })
  return (
    <>
      <input type="hidden" name={`${name}o`} value={condition.op === 'neq' ? 'neq' : 'in'} />
      {condition.values.map((value) => (
        <input key={value} type="hidden" name={`${name}v`} value={value} />
      ))}
      <p className="quiet">{rulesText.keptValues(words)}</p>
      <div>
        <Button type="submit" name={`${name}d`} value="" variant="tertiary" size="small">
          {rulesText.askRange}
        </Button>
      </div>
    </>
  )
}

function Bounds({ name, condition, chosen, faults }: ChosenProps & Pick<Props, 'faults'>) {
  const [from, to] = isRange(condition) ? endsOf(condition) : ['', '']
  const fault = (field: string) => faults[field] && rulesText.faults[faults[field]]
  const ends = [
    { id: `${name}d`, label: rulesText.from, typed: from },
    { id: `${name}h`, label: rulesText.to, typed: to },
  ]
  return (
    <fieldset className={`query__bounds${chosen.type === 'date' ? ' query__bounds--days' : ''}`}>
      <legend className="aksel-sr-only">{chosen.label}</legend>
      {ends.map(({ id, label, typed }) => {
        const field = { id, name: id, label, defaultValue: typed, error: fault(id), size: 'small' as const }
        return chosen.type === 'date' ? (
          <NativeField key={id} type="date" {...field} />
        ) : (
          <TextField key={id} inputMode="decimal" autoComplete="off" {...field} />
        )
      })}
      <p className="quiet">{rulesText.boundsWhy}</p>
    </fieldset>
  )
}

function Values({ name, condition, chosen }: ChosenProps) {
  return (
    <>
      <Select
        name={`${name}o`}
        label={rulesText.operator}
        defaultValue={condition.op === 'neq' ? 'neq' : 'in'}
        size="small"
      >
        {Object.entries(rulesText.operators).map(([code, label]) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </Select>
      <CheckboxGroup
        legend={`${rulesText.values}: ${chosen.label}`}
        defaultValue={condition.values}
        size="small"
        className="query__values"
      >
        {chosen.values.map((value) => (
          <Checkbox key={value} name={`${name}v`} value={value}>
            {value}
          </Checkbox>
        ))}
      </CheckboxGroup>
    </>
  )
}
