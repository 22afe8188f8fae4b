import { Button, HStack, Select, TextField } from '@navikt/ds-react'
import { Form, Link } from '@remix-run/react'
import { CATEGORY_NAMES } from '../../../catalog/variables.ts'
import { STATE_VALUES, variablesText } from '../../text/variables.ts'

interface Props {
  filters: { text?: string; category?: string; state?: keyof typeof STATE_VALUES }
}

const words = variablesText.filters

/** A form that only asks: what it carries becomes the address. */
export function VariableFilterForm({ filters }: Props) {
  return (
    <search aria-label={words.title} className="no-print">
      <Form method="get" key={JSON.stringify(filters)}>
        <HStack gap="space-16" wrap align="end">
          <TextField label={words.text} name="texto" size="small" defaultValue={filters.text ?? ''} />
          <Select label={words.category} name="categoria" size="small" defaultValue={filters.category ?? ''}>
            <option value="">{words.allCategories}</option>
            {Object.entries(CATEGORY_NAMES).map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
          <Select
            label={words.state}
            name="estado"
            size="small"
            defaultValue={filters.state ? STATE_VALUES[filters.state] : ''}
          >
            <option value="">{words.allStates}</option>
            {Object.entries(STATE_VALUES).map(([code, value]) => (
              <option key={code} value={value}>
                {words.states[code as keyof typeof STATE_VALUES]}
              </option>
            ))}
          </Select>
          <Button type="submit" size="small" variant="secondary">
            {words.apply}
          </Button>
          {Object.keys(filters).length > 0 && (
            <Button as={Link} to="/variables" size="small" variant="tertiary">
              {words.clear}
            </Button>
          )}
        </HStack>
      </Form>
    </search>
  )
}
