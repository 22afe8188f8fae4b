import { Button } from '@navikt/ds-react'
import { Link, useSearchParams } from '@remix-run/react'
import { partsText } from '../text/parts.ts'

interface Props {
  /** Opaque place where the next page begins (`db/pages.ts`); null on the last page. */
  next: string | null
  /** Name of the search parameter that carries it. */
  name?: string
}

/** Links, not buttons: every page of a list has an address, and filters stay in it. */
export function Pagination({ next, name = 'desde' }: Props) {
  const [search] = useSearchParams()
  const isFirst = !search.has(name)
  if (isFirst && !next) return null
  return (
    <nav className="pagination" aria-label={partsText.pages}>
      {!isFirst && (
        <Button as={Link} variant="tertiary" to={addressWith(search, name, null)}>
          {partsText.firstPage}
        </Button>
      )}
      {next && (
        <Button as={Link} variant="secondary" to={addressWith(search, name, next)}>
          {partsText.nextPage}
        </Button>
      )}
    </nav>
  )
}

function addressWith(search: URLSearchParams, name: string, value: string | null): string {
  const changed = new URLSearchParams(search)
  if (value === null) changed.delete(name)
  else changed.set(name, value)
  return `?${changed}`
}
