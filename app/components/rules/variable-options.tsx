import { rulesText } from '../../text/rules.ts'
import type { RuleVariable } from './rule-query.ts'

/** The variables of a source to choose from, those step 2 prioritized first. */
export function VariableOptions({ variables }: { variables: readonly RuleVariable[] }) {
  const groups = [
    { label: rulesText.prioritized, list: variables.filter((variable) => variable.isPrioritized) },
    { label: rulesText.others, list: variables.filter((variable) => !variable.isPrioritized) },
  ]
  return groups
    .filter((group) => group.list.length > 0)
    .map((group) => (
      <optgroup key={group.label} label={group.label}>
        {group.list.map((variable) => (
          <option key={variable.code} value={variable.code}>
            {variable.label}
          </option>
        ))}
      </optgroup>
    ))
}
