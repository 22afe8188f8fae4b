import { Button } from '@navikt/ds-react'
import { Link, useSearchParams } from '@remix-run/react'
import { partsText } from '../text/parts.ts'

interface Props {
  /** Opaque place where the next page begins (`db/pages.ts`); null on the last page. */
  next: string | null
  /** Name of the search parameter that carries it. */
  name?: string
  /** Id of the part of the page the list stands in, where it is not all there is. */
  section?: string
}

/** Links, not buttons: every page of a list has an address, and filters stay in it. */
export function Pagination({ next, name = 'desde', section }: Props) {
  const [search] = useSearchParams()
  const pageAt = (value: string | null) => addressWith(search, name, value) + (section ? `#${section}` : '')
  const isFirst = !search.has(name)
  if (isFirst && !next) return null
  return (
    <nav className="pagination" aria-label={partsText.pages}>
      {!isFirst && (
        <Button as={Link} variant="tertiary" to={pageAt(null)}>
          {partsText.firstPage}
        </Button>
      )}
      {next && (
        <Button as={Link} variant="secondary" to={pageAt(next)}>
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
