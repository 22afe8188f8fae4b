import { Alert, BodyLong, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { GrantStatus } from '../../../domain/grants.ts'
import { accessText } from '../../text/access.ts'
import { type SaidAsOf, asOfText as words } from '../../text/as-of.ts'
import { type Column, DataTable } from '../data-table.tsx'
import { type Fact, Facts } from '../facts.tsx'
import { HashShort } from '../hash-short.tsx'
import { Section } from '../section.tsx'
import { GrantChip } from '../state-chip.tsx'

export interface Shown extends SaidAsOf {
  /** The event of the act behind it; null where there is none. */
  act: { id: string; sentence: string } | null
}

interface Props {
  answer: Shown
  /** What was answered then, where it differs. */
  knownThen: Shown | null
  /** The address that always answers the same. */
  link: string | null
  /** The exercise it is about, as it stood at that instant. */
  cycleLink: string | null
}

/** Yes or no in one sentence, by which rule, which access and which act. */
export function AsOfAnswer({ answer, knownThen, link, cycleLink }: Props) {
  return (
    <>
      <Section id="respuesta" title={words.answer}>
        <VStack gap="space-16">
          <Answered answer={answer} />
          {answer.isRecord && <Grants grants={answer.grants} />}
          {cycleLink && (
            <Link className="row-link" to={cycleLink}>
              {words.seeCycle}
            </Link>
          )}
          {link && (
            <BodyLong>
              <Link to={link}>{words.permanent}</Link>. {words.permanentHelp}
            </BodyLong>
          )}
        </VStack>
      </Section>
      {knownThen && (
        <Section id="entonces" title={words.knownThen}>
          <VStack gap="space-16">
            <BodyLong>{words.knownThenHelp}</BodyLong>
            <Answered answer={knownThen} />
          </VStack>
        </Section>
      )}
      {answer.others.length > 0 && (
        <Section id="derechos" title={words.rights}>
          <DataTable
            caption={words.rightsCaption}
            columns={COLUMNS}
            rows={answer.others}
            rowKey={({ action }) => action}
          />
        </Section>
      )}
    </>
  )
}

function Answered({ answer }: { answer: Shown }) {
  return (
    <>
      <Alert variant={answer.may ? 'success' : 'info'} role="status">
        {answer.sentence}
      </Alert>
      <Facts facts={factsOf(answer)} layout="described" />
    </>
  )
}

function factsOf({ may, rule, version, hash, held, access, act }: Shown): Fact[] {
  const { facts } = words
  return [
    ...(rule ? [[facts.rule, rule] satisfies Fact] : []),
    [
      facts.version,
      <span key="version">
        {version} <HashShort hash={hash} purpose={facts.version} />
      </span>,
    ],
    ...(held ? [[facts.held, held] satisfies Fact] : []),
    ...(access
      ? [
          [
            facts.access,
            <Link key="access" to={`/accesos/${access.id}`} aria-label={accessText.open(access.code)}>
              {access.code}
            </Link>,
          ] satisfies Fact,
        ]
      : []),
    ...(may ? [[facts.act, act ? <Act key="act" {...act} /> : words.noAct] satisfies Fact] : []),
  ]
}

function Act({ id, sentence }: { id: string; sentence: string }) {
  return (
    <span>
      {sentence} <Link to={`/auditoria/hechos/${id}`}>{words.seeAct}</Link>
    </span>
  )
}

function Grants({ grants }: Pick<Shown, 'grants'>) {
  if (grants.length === 0) return <BodyLong>{words.grantsNone}</BodyLong>
  return (
    <ul className="plain-list" aria-label={words.grants}>
      {grants.map(({ id, code, status, days, grounds }) => (
        <li key={id} className="card">
          <Link to={`/accesos/${id}`} aria-label={accessText.open(code)}>
            {code}
          </Link>{' '}
          <GrantChip status={status as GrantStatus} />
          <BodyLong>
            {days}. {grounds.join(' ')}
          </BodyLong>
        </li>
      ))}
    </ul>
  )
}

type Right = Shown['others'][number]

const COLUMNS: Column<Right>[] = [
  { key: 'derecho', header: words.right, cell: ({ name }) => name, rowHeader: true },
  { key: 'podia', header: words.could, cell: ({ may }) => (may ? words.yes : words.no) },
  { key: 'porque', header: words.why, cell: ({ why }) => why },
]
