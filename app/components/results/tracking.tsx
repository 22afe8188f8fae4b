import { BodyLong, Button, VStack } from '@navikt/ds-react'
import { Form, Link, useNavigation } from '@remix-run/react'
import type { SummaryState } from '../../../domain/dissemination.ts'
import { formatDate, formatDayOf, formatTime } from '../../text/format.ts'
import { trackingText as words } from '../../text/results.ts'
import { type Column, DataTable } from '../data-table.tsx'
import { ListFiles } from '../list-files.tsx'
import { Section } from '../section.tsx'
import { SummaryChip } from '../state-chip.tsx'

interface TrackedLine {
  id: string
  agencyId: string
  agencyName: string
  state: SummaryState
  dueDate: string
  readAt: Date | string | null
  readBy: string | null
  answeredAt: Date | string | null
  commitments: number
  toldAt: Date | string | null
  /** Nobody is reminded twice on one day. */
  isToldToday: boolean
  heads: string[]
}

/** Who confirmed, who answered and who not; whoever may reminds by hand. */
export function TrackingPart({
  cycleId,
  tracking,
}: {
  cycleId: string
  tracking: { mayRemind: boolean; lines: TrackedLine[] }
}) {
  const { lines, mayRemind } = tracking
  if (lines.length === 0)
    return (
      <Section id="seguimiento" title={words.title}>
        <BodyLong className="reading">{words.notYet}</BodyLong>
      </Section>
    )
  const answered = lines.filter(({ state }) => state === 'answered').length
  return (
    <Section id="seguimiento" title={words.title}>
      <VStack gap="space-16">
        <BodyLong className="reading">{words.intro(answered, lines.length)}</BodyLong>
        <DataTable
          caption={words.caption}
          hideCaption
          rows={lines}
          rowKey={(row) => row.id}
          columns={mayRemind ? [...columnsFor(cycleId), REMIND] : columnsFor(cycleId)}
        />
        <ListFiles list="tracking" />
        <div>
          <Button as={Link} to={`/resultados/${cycleId}`} variant="secondary">
            {words.results}
          </Button>
        </div>
      </VStack>
    </Section>
  )
}

function columnsFor(cycleId: string): Column<TrackedLine>[] {
  const { columns } = words
  return [
    {
      key: 'agency',
      header: columns.agency,
      rowHeader: true,
      cell: ({ agencyId, agencyName }) => (
        <Link className="row-link" to={`/resultados/${cycleId}/${agencyId}`}>
          {agencyName}
        </Link>
      ),
    },
    { key: 'state', header: columns.state, cell: ({ state }) => <SummaryChip state={state} /> },
    {
      key: 'read',
      header: columns.read,
      cell: ({ readAt, readBy, heads }) =>
        readAt && readBy ? <Dated at={readAt} words={readBy} /> : heads.length === 0 ? words.noHead : words.none,
    },
    {
      key: 'answer',
      header: columns.answer,
      cell: ({ answeredAt, commitments }) =>
        answeredAt ? <Dated at={answeredAt} words={words.commitments(commitments)} /> : words.none,
    },
    { key: 'due', header: columns.due, cell: ({ dueDate }) => <span className="nowrap">{formatDate(dueDate)}</span> },
    {
      key: 'told',
      header: columns.told,
      cell: ({ toldAt }) => (toldAt ? <Dated at={toldAt} /> : words.notTold),
    },
  ]
}

/** The day, whole on its line; under it the hour, and what was done. */
function Dated({ at, words: what }: { at: Date | string; words?: string }) {
  return (
    <>
      <span className="nowrap block">{formatDayOf(at)}</span>
      <span className="quiet">{[formatTime(at), what].filter(Boolean).join(', ')}</span>
    </>
  )
}

const REMIND: Column<TrackedLine> = {
  key: 'remind',
  header: words.columns.remind,
  cell: (row) => {
    if (row.state === 'answered') return null
    return row.isToldToday ? words.toldToday : <Remind line={row} />
  },
}

function Remind({ line: { agencyId, agencyName } }: { line: TrackedLine }) {
  const sent = useNavigation().formData?.get('dependencia') === agencyId
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="formulario" value="recordar" />
      <Button
        type="submit"
        size="small"
        variant="secondary"
        name="dependencia"
        value={agencyId}
        loading={sent}
        aria-label={words.remindNamed(agencyName)}
      >
        {words.remind}
      </Button>
    </Form>
  )
}
