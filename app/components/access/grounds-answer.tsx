import { CheckmarkCircleIcon, XMarkOctagonIcon } from '@navikt/aksel-icons'
import { Alert, BodyLong, Heading, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { GrantStatus, Ground } from '../../../domain/grants.ts'
import { accessText, grantText } from '../../text/access.ts'
import { groundSentence, namesOf, accessGroundsText as words } from '../../text/access-grounds.ts'
import { type Fact, Facts } from '../facts.tsx'
import { Section } from '../section.tsx'
import { GrantChip } from '../state-chip.tsx'

interface Explained {
  id: string
  code: string
  status: GrantStatus
  startsOn: string
  endsOn: string
  givenBy: string | null
  givenAt: Date | string | null
  receiptCode: string | null
  grounds: { ground: Ground; holds: boolean }[]
}

interface Props {
  answer: { letsIn: boolean; by: Explained | null; grants: Explained[]; heads: string[]; leads: string[] }
  point: string
}

/** Yes or no, by which rule and which act, until when, and who can change it. */
export function GroundsAnswer({ answer: { letsIn, by, grants, heads, leads }, point }: Props) {
  const { facts } = words
  const lines: Fact[] = [
    [facts.rule, words.rule],
    ...(by ? factsOf(by) : []),
    by
      ? [facts.change, words.change(namesOf(heads), namesOf(leads))]
      : [facts.ask, words.ask(namesOf(heads), namesOf(leads))],
  ]
  return (
    <Section id="respuesta" title={words.answerTitle}>
      <VStack gap="space-16">
        <Alert variant={letsIn ? 'success' : 'warning'} role="status">
          {letsIn ? words.yes : grants.length === 0 ? words.none(point) : words.no}
        </Alert>
        <Facts facts={lines} />
        {grants.length > 0 && (
          <VStack gap="space-12">
            <Heading level="3" size="small">
              {words.grantsTitle}
            </Heading>
            <ul className="plain-list">
              {grants.map((grant) => (
                <li key={grant.id} className="card">
                  <Grant {...grant} />
                </li>
              ))}
            </ul>
          </VStack>
        )}
      </VStack>
    </Section>
  )
}

function factsOf({ id, code, givenBy, givenAt, receiptCode, endsOn }: Explained): Fact[] {
  const { facts } = words
  const access = (
    <Link key="access" to={`/accesos/${id}`} aria-label={accessText.open(code)}>
      {code}
    </Link>
  )
  const act = givenBy && givenAt && receiptCode && (
    <span key="act">
      {words.act(givenBy, givenAt)} <Link to={`/verificar/${receiptCode}`}>{words.receipt(receiptCode)}</Link>
    </span>
  )
  return [[facts.access, access], ...(act ? [[facts.act, act] as Fact] : []), [facts.until, words.until(endsOn)]]
}

/** One access and, where it was granted, each thing that has to hold for it to let its person in. */
function Grant({ id, code, status, startsOn, endsOn, grounds }: Explained) {
  return (
    <>
      <Link to={`/accesos/${id}`} aria-label={accessText.open(code)}>
        {code}
      </Link>{' '}
      <GrantChip status={status} />
      <BodyLong>{grantText.states[status](startsOn, endsOn)}</BodyLong>
      {grounds.length > 0 && (
        <ul className="plain-list">
          {grounds.map(({ ground, holds }) => (
            <li key={ground}>
              {holds ? (
                <CheckmarkCircleIcon title={words.holds} className="ground-holds" />
              ) : (
                <XMarkOctagonIcon title={words.fails} className="ground-fails" />
              )}{' '}
              {groundSentence(ground, holds)}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
