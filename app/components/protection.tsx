import { Alert, BodyLong, Heading, VStack } from '@navikt/ds-react'
import type { StoredProtection } from '../../db/release-protection.ts'
import { cellWords, type HiddenCell, unprovenIn } from '../../domain/disclosure/report.ts'
import { protectionText as words } from '../text/protection.ts'
import { DataTable } from './data-table.tsx'
import { type Fact, Facts } from './facts.tsx'
import { HashShort } from './hash-short.tsx'

interface Props {
  /** Null before the files are made. */
  protection: { hash: string; content: StoredProtection } | null
}

/** What approvers read before they sign: each hidden cell, why, what is lost, and what an outsider could still work out. */
export function Protection({ protection }: Props) {
  return (
    <section aria-labelledby="proteccion">
      <VStack gap="space-16">
        <Heading level="2" size="medium" id="proteccion">
          {words.title}
        </Heading>
        {protection ? <Report {...protection} /> : <BodyLong className="reading">{words.none}</BodyLong>}
      </VStack>
    </section>
  )
}

function Report({ hash, content }: NonNullable<Props['protection']>) {
  const { hidden, utility, titles, ranOut, threshold } = content
  const unproven = unprovenIn(content)
  const nameOf = (figure: string) => titles[figure] ?? figure
  return (
    <>
      <BodyLong className="reading">{words.intro(threshold)}</BodyLong>
      {unproven > 0 && <Alert variant="error">{words.facts.unprovenAlert(unproven)}</Alert>}
      {ranOut && unproven === 0 && <Alert variant="warning">{words.facts.late}</Alert>}
      <div className="card">
        <Facts facts={factsOf(hash, content)} />
      </div>
      <DataTable
        caption={words.utility.caption}
        columns={[
          { key: 'figure', header: words.utility.figure, rowHeader: true, cell: (row) => nameOf(row.table) },
          {
            ...{ key: 'cells', header: words.utility.cells, numeric: true },
            cell: (row) => words.facts.hiddenOf(row.hidden, row.cells),
          },
          {
            ...{ key: 'records', header: words.utility.records, numeric: true },
            cell: (row) => words.utility.share(row.recordsHidden),
          },
        ]}
        rows={utility}
        rowKey={(row) => row.table}
      />
      {hidden.length === 0 ? (
        <BodyLong>{words.nothing}</BodyLong>
      ) : (
        <details>
          <summary>{words.cells.summary(hidden.length)}</summary>
          <HiddenCells hidden={hidden} nameOf={nameOf} />
        </details>
      )}
    </>
  )
}

function factsOf(hash: string, content: StoredProtection): Fact[] {
  const { hidden, utility, attack, earlier } = content
  const unproven = unprovenIn(content)
  const cells = utility.reduce((sum, one) => sum + one.cells, 0)
  const published = earlier.map(({ title, version }) => words.facts.version(title, version))
  return [
    [words.facts.hidden, words.facts.hiddenOf(hidden.length, cells)],
    [
      words.facts.attack,
      [
        words.facts.attacked(attack.asked, attack.exact, attack.narrow),
        ...(unproven > 0 ? [words.facts.unproven(unproven)] : []),
      ].join(' '),
    ],
    ...(attack.already > 0 ? [[words.facts.already, words.facts.alreadyOf(attack.already)] satisfies Fact] : []),
    [words.facts.earlier, published.length > 0 ? published.join('; ') : words.facts.earlierNone],
    [words.facts.hash, <HashShort key="hash" hash={hash} copy />],
  ]
}

function HiddenCells({ hidden, nameOf }: { hidden: HiddenCell[]; nameOf: (figure: string) => string }) {
  return (
    <DataTable
      caption={words.cells.caption}
      hideCaption
      columns={[
        { key: 'cell', header: words.cells.cell, rowHeader: true, cell: ({ where }) => cellWords(where) },
        { key: 'figure', header: words.cells.figure, cell: ({ table }) => nameOf(table) },
        { key: 'why', header: words.cells.why, cell: ({ reason }) => words.reasons[reason] },
        {
          ...{ key: 'bounds', header: words.cells.bounds },
          cell: ({ low, high, isUnproven }) => (isUnproven ? words.cells.unproven : words.cells.between(low, high)),
        },
      ]}
      rows={hidden}
      rowKey={({ table, where }) => `${table} ${cellWords(where)}`}
    />
  )
}
