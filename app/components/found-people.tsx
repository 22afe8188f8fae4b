import { BodyLong, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import { foundPeopleText } from '../text/found-people.ts'

interface Props {
  people: { id: string; name: string; position?: string }[]
  more: boolean
  /** What else was asked, as the address carries it. */
  asked?: Record<string, string>
  words?: Pick<typeof foundPeopleText, 'found' | 'choose' | 'more'>
}

/** Whom a name may mean: each asks the same of that person, `persona` in the address. */
export function FoundPeople({ people, more, asked = {}, words = foundPeopleText }: Props) {
  if (people.length === 0) return null
  const kept = Object.entries(asked).filter(([, value]) => value !== '')
  return (
    <VStack gap="space-8">
      <ul className="plain-list" aria-label={words.found}>
        {people.map(({ id, name, position }) => (
          <li key={id} className={position && 'card'}>
            <Link
              className="row-link"
              to={`?${new URLSearchParams([['persona', id], ...kept])}`}
              aria-label={words.choose(name)}
            >
              {name}
            </Link>
            {position && <span className="quiet block">{position}</span>}
          </li>
        ))}
      </ul>
      {more && <BodyLong>{words.more}</BodyLong>}
    </VStack>
  )
}
