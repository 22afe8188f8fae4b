import { Button, Select, TextField } from '@navikt/ds-react'
import { Form, Link, useSearchParams } from '@remix-run/react'
import { columnsText as words } from '../text/parts.ts'

export interface ColumnFilter {
  /** Parameter of the address. */
  name: string
  /** Values to choose from, in words; text is typed where there are none. */
  options?: readonly (readonly [value: string, words: string])[]
}

interface Props {
  formId: string
  /** Of every column, and of those in sight: a hidden column goes on narrowing the table. */
  filters: readonly ColumnFilter[]
  shown: readonly ColumnFilter[]
}

/** The form the fields in the header of a table belong to; it only asks, and keeps what else the address says. */
export function TableFilters({ formId, filters, shown }: Props) {
  const [search] = useSearchParams()
  const own = new Set(shown.map(({ name }) => name))
  const others = [...search].filter(([name]) => !own.has(name) && name !== 'desde')
  const cleared = new URLSearchParams(search)
  for (const { name } of [...filters, { name: 'desde' }]) cleared.delete(name)
  return (
    <Form id={formId} method="get" className="work-table__filters no-print" preventScrollReset>
      {others.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" variant="secondary" size="small">
        {words.filter}
      </Button>
      {filters.some(({ name }) => search.get(name)) && (
        <Button as={Link} to={{ search: `?${cleared}` }} variant="tertiary" size="small" preventScrollReset>
          {words.clear}
        </Button>
      )}
    </Form>
  )
}

/** The field of one column, in the header of its table. */
export function FilterCell({ formId, column }: { formId: string; column: { header: string; filter?: ColumnFilter } }) {
  const [search] = useSearchParams()
  const { header, filter } = column
  if (!filter) return null
  const value = search.get(filter.name) ?? ''
  const common = {
    label: words.filterBy(header),
    hideLabel: true,
    size: 'small',
    name: filter.name,
    form: formId,
  } as const
  if (!filter.options) return <TextField key={value} {...common} defaultValue={value} autoComplete="off" />
  return (
    <Select key={value} {...common} defaultValue={value}>
      <option value="">{words.any}</option>
      {filter.options.map(([option, text]) => (
        <option key={option} value={option}>
          {text}
        </option>
      ))}
    </Select>
  )
}
