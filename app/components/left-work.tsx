import { BodyLong, Select } from '@navikt/ds-react'
import type { LeftWork as Left } from '../../db/handover.ts'
import { leftWorkText as words } from '../text/administration.ts'

/** What a page names of it; a position may have hundreds of controls. */
const NAMED = 50

export interface ShownLeft {
  /** What needs an owner comes first. */
  named: Left[]
  others: number
}

export const shownLeft = (left: readonly Left[]): ShownLeft => ({
  named: left.slice(0, NAMED),
  others: Math.max(0, left.length - NAMED),
})

/** What is open when somebody leaves, and what becomes of each (features J3). */
export function LeftWork({ left: { named, others } }: { left: ShownLeft }) {
  if (named.length === 0) return <BodyLong spacing>{words.nothing}</BodyLong>
  return (
    <>
      <BodyLong spacing>{words.intro}</BodyLong>
      <ul>
        {named.map((one) => (
          <li key={`${one.kind} ${one.id}`}>
            {words.kinds[one.kind](one.name)}: {one.needsOwner ? words.needsOwner : words.becomes[one.kind]}
          </li>
        ))}
        {others > 0 && <li>{words.others(others)}</li>}
      </ul>
    </>
  )
}

interface HandToProps {
  field: { id: string; name: string; defaultValue: string; error: string | undefined }
  positions: { id: string; name: string }[]
}

/** The position that takes over; needed where nobody shares the function. */
export function HandTo({ field, positions }: HandToProps) {
  return (
    <Select {...field} label={words.handTo} description={words.handToHelp}>
      <option value="">{words.nobody}</option>
      {positions.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  )
}
