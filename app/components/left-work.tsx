import { BodyLong, Select } from '@navikt/ds-react'
import type { LeftWork as Left } from '../../db/handover.ts'
import { leftWorkText as words } from '../text/administration.ts'

/** What is open when somebody leaves, and what becomes of each (features J3). */
export function LeftWork({ left }: { left: Left[] }) {
  if (left.length === 0) return <BodyLong spacing>{words.nothing}</BodyLong>
  return (
    <>
      <BodyLong spacing>{words.intro}</BodyLong>
      <ul>
        {left.map((one) => (
          <li key={`${one.kind} ${one.id}`}>
            {words.kinds[one.kind](one.name)}: {one.needsOwner ? words.needsOwner : words.becomes[one.kind]}
          </li>
        ))}
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
