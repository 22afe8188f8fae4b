import { BodyLong } from '@navikt/ds-react'
import { openDataText as text } from '../text/open-data.ts'

interface Props {
  slug: string
  /** Names of the variables that have a table; nothing is shown without any. */
  names: string[]
}

/** Where the tables that join the vigencias of a series are downloaded, beside its frozen versions. */
export function Correspondences({ slug, names }: Props) {
  if (names.length === 0) return null
  const file = `/datos-abiertos/${slug}/correspondencias`
  return (
    <BodyLong className="reading">
      {text.correspondences(names)}{' '}
      <a href={`${file}.csv`} download>
        {text.correspondenceFiles.csv}
      </a>
      {' · '}
      <a href={`${file}.json`} download>
        {text.correspondenceFiles.json}
      </a>
    </BodyLong>
  )
}
