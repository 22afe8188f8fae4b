import { Select, type SelectProps } from '@navikt/ds-react'
import { dutyChoice } from '../../text/administration.ts'
import type { DutyNames } from '../../text/duties.ts'
import { viewsText } from '../../text/inbox.ts'

type Props = Omit<SelectProps, 'children'> & { duties: string[]; dutyNames: DutyNames }

/** With whom a view is shared: nobody, or whoever holds a position of one duty. */
export function DutySelect({ duties, dutyNames, ...props }: Props) {
  return (
    <Select {...props}>
      <option value="">{viewsText.nobody}</option>
      {duties.map((duty) => (
        <option key={duty} value={duty}>
          {dutyChoice(duty, dutyNames)}
        </option>
      ))}
    </Select>
  )
}
