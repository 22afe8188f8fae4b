import { Link } from '@remix-run/react'

/** Filters of a list, each an address: the one that holds is the current one. */
export function ChipLinks({
  label,
  chips,
}: {
  label: string
  chips: { label: string; to: string; current: boolean }[]
}) {
  return (
    <nav aria-label={label}>
      <ul className="chips">
        {chips.map((chip) => (
          <li key={chip.label}>
            <Link className="chip-link" to={chip.to} aria-current={chip.current ? 'true' : undefined}>
              {chip.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
