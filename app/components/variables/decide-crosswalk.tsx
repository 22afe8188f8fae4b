import { BodyLong, VStack } from '@navikt/ds-react'
import { crosswalkText as words } from '../../text/variables.ts'
import { DataTable } from '../data-table.tsx'
import type { Answer } from '../form-fields.tsx'
import { Section } from '../section.tsx'
import { VerdictForm } from '../verdict-form.tsx'

interface Shown {
  note: string
  who: string
  /** «12 meses = 1 año»; null where no unit changed. */
  conversion: string | null
  lines: { old: string; now: string }[]
}

/** Value by value, what is called how now; with the note that stands beside the series. */
export function CrosswalkTable({ from, to, crosswalk }: { from: number; to: number; crosswalk: Shown }) {
  return (
    <Section id="tabla" title={crosswalk.conversion ? words.tableOfUnit : words.table}>
      <VStack gap="space-12">
        {crosswalk.conversion && (
          <BodyLong className="reading" weight="semibold">
            {crosswalk.conversion}
          </BodyLong>
        )}
        {crosswalk.lines.length === 0 ? (
          !crosswalk.conversion && <BodyLong className="reading">{words.oneToOne}</BodyLong>
        ) : (
          <DataTable
            caption={words.table}
            hideCaption
            rows={crosswalk.lines}
            rowKey={({ old }) => old}
            columns={[
              { key: 'old', header: words.columns.old(from), rowHeader: true, cell: ({ old }) => old },
              { key: 'now', header: words.columns.now(to), cell: ({ now }) => now },
            ]}
          />
        )}
        <BodyLong className="reading">{crosswalk.note}</BodyLong>
        <BodyLong className="quiet reading">{crosswalk.who}</BodyLong>
      </VStack>
    </Section>
  )
}

interface Props {
  id: string
  asksPassword: boolean
  answer: Answer | undefined
}

/** Approves the table as it stands, or gives it back with an observation. */
export function DecideCrosswalk({ id, ...form }: Props) {
  return (
    <VerdictForm form="decision" title={words.decide} hidden={{ tabla: id }} words={words} {...form}>
      <BodyLong>{words.statement}</BodyLong>
    </VerdictForm>
  )
}
