import { Button, Select } from '@navikt/ds-react'
import { Form, Link } from '@remix-run/react'
import { ASSIGNEES, INBOX_ORDERS, type InboxFilters, OPEN_STATES, PRIORITIES } from '../../../domain/inbox.ts'
import { STEP_CODES } from '../../../domain/procedures.ts'
import { inboxText } from '../../text/inbox.ts'
import { ADDRESS_NAMES, addressValue, describeFilters, EVERYTHING, isNarrowed } from '../../text/inbox-address.ts'
import { stepStateText } from '../../text/states.ts'
import { NativeField } from '../native-field.tsx'

interface Props {
  filters: InboxFilters
  vigencias: number[]
  agencies: { id: string; name: string }[]
}

const words = inboxText.filters

/** A form that only asks: what it carries becomes the address. The tab stays. */
export function InboxFilterForm({ filters, vigencias, agencies }: Props) {
  const { group, order = 'due', layout, columns, ...others } = filters
  const told = describeFilters({ ...others, order }, (id) => agencies.find((agency) => agency.id === id)?.name)
  return (
    <details className="filters no-print">
      <summary>{words.label(told)}</summary>
      <Form method="get" key={JSON.stringify(filters)} preventScrollReset>
        <input type="hidden" name={ADDRESS_NAMES.group} value={group ? addressValue('group', group) : 'todas'} />
        {layout && <input type="hidden" name={ADDRESS_NAMES.layout} value={addressValue('layout', layout)} />}
        {columns && <input type="hidden" name={ADDRESS_NAMES.columns} value={columns} />}
        <div className="filters__fields">
          <Choice
            of="step"
            label={words.step}
            any={words.allSteps}
            filters={filters}
            options={STEP_CODES.map((code) => [code, `${words.step} ${code}`])}
          />
          <Choice
            of="state"
            label={words.state}
            any={words.allStates}
            filters={filters}
            options={OPEN_STATES.map((state) => [addressValue('state', state), stepStateText[state]])}
          />
          <Choice
            of="agency"
            label={words.agency}
            any={words.allAgencies}
            filters={filters}
            options={agencies.map(({ id, name }) => [id, name])}
          />
          <Choice
            of="assignee"
            label={words.assignee}
            any={words.anyAssignee}
            filters={filters}
            options={ASSIGNEES.map((one) => [addressValue('assignee', one), words.assignees[one]])}
          />
          <Choice
            of="priority"
            label={words.priority}
            any={words.anyPriority}
            filters={filters}
            options={PRIORITIES.map((one) => [addressValue('priority', one), inboxText.priority(one)])}
          />
          <Choice
            of="vigencia"
            label={words.vigencia}
            any={words.allVigencias}
            filters={filters}
            options={vigencias.map((one) => [String(one), String(one)])}
          />
          <Day of="dueFrom" label={words.dueFrom} filters={filters} />
          <Day of="dueTo" label={words.dueTo} filters={filters} />
          <Select
            label={words.order}
            name={ADDRESS_NAMES.order}
            size="small"
            defaultValue={addressValue('order', order)}
          >
            {INBOX_ORDERS.map((one) => (
              <option key={one} value={addressValue('order', one)}>
                {words.orders[one]}
              </option>
            ))}
          </Select>
        </div>
        <p className="quiet">{words.priorityHelp}</p>
        <div className="filters__end">
          <Button type="submit" variant="secondary" size="small">
            {words.apply}
          </Button>
          {isNarrowed(filters) && (
            <Button as={Link} to={`/bandeja?${EVERYTHING}`} variant="tertiary" size="small">
              {words.clear}
            </Button>
          )}
        </div>
      </Form>
    </details>
  )
}

interface ChoiceProps {
  of: Exclude<keyof InboxFilters, 'group' | 'order' | 'layout' | 'columns' | 'dueFrom' | 'dueTo'>
  label: string
  any: string
  filters: InboxFilters
  options: [value: string, words: string][]
}

function Choice({ of, label, any, filters, options }: ChoiceProps) {
  const code = filters[of]
  const isCoded = of === 'state' || of === 'assignee' || of === 'priority'
  const value = code === undefined ? '' : isCoded ? addressValue(of, String(code)) : String(code)
  return (
    <Select label={label} name={ADDRESS_NAMES[of]} size="small" defaultValue={value}>
      <option value="">{any}</option>
      {options.map(([option, name]) => (
        <option key={option} value={option}>
          {name}
        </option>
      ))}
    </Select>
  )
}

function Day({ of, label, filters }: { of: 'dueFrom' | 'dueTo'; label: string; filters: InboxFilters }) {
  return <NativeField type="date" label={label} name={ADDRESS_NAMES[of]} size="small" defaultValue={filters[of]} />
}
