import { correctionText as words } from '../../text/corrections.ts'
import { DataTable } from '../data-table.tsx'
import { Section } from '../section.tsx'

interface Signature {
  personName: string
  positionName: string
  verdict: keyof typeof words.verdicts
  signedAt: Date | string
  statement: string
  observation: string | null
}

export function CorrectionSignatures({ signatures }: { signatures: Signature[] }) {
  const heads = words.signatureHeads
  return (
    <Section id="firmas" title={words.signatures}>
      <DataTable
        caption={words.signatures}
        hideCaption
        rows={signatures}
        rowKey={(row) => String(row.signedAt)}
        columns={[
          { key: 'who', header: heads.who, rowHeader: true, cell: (row) => `${row.personName}, ${row.positionName}` },
          { key: 'verdict', header: heads.verdict, cell: (row) => words.verdicts[row.verdict] },
          { key: 'when', header: heads.when, cell: (row) => words.instant(row.signedAt) },
          { key: 'method', header: heads.method, cell: (row) => row.statement },
          { key: 'observation', header: heads.observation, cell: (row) => row.observation ?? '' },
        ]}
      />
    </Section>
  )
}
