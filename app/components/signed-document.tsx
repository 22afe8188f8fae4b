import { Heading, VStack } from '@navikt/ds-react'
import { spacedCode } from '../../domain/verification-codes.ts'
import { verifyText as text } from '../text/open-data.ts'
import { DataTable } from './data-table.tsx'
import { type Fact, Facts } from './facts.tsx'

interface Signed {
  code: string
  sha256: string
  contentHash: string
  bytes: number
  issuedAt: Date | string
}

interface Signer {
  role: string
  name: string
  position: string
  tenureKind: string
  actingFor: string | null
  signedAt: string
  receiptCode: string
  statement: string
  /** Documents issued before it was told have none. */
  method?: string
}

export function DocumentFacts({ document }: { document: Signed }) {
  return (
    <Facts
      layout="facts"
      facts={[
        [text.code, <code key="code">{spacedCode(document.code)}</code>],
        [text.issued, text.instant(document.issuedAt)],
        [text.size, text.formattedSize(document.bytes)],
        [text.file, hash(document.sha256)],
        [text.content, hash(document.contentHash)],
      ]}
    />
  )
}

const hash = (value: string) => <code className="breakable">{value}</code>

/** One signature, for whoever holds its receipt. */
export function Signature({ signer, document }: { signer: Signer; document: Signed }) {
  return (
    <section>
      <Heading level="2" size="medium" spacing>
        {text.signature}
      </Heading>
      <Facts
        layout="facts"
        facts={[
          [text.receipt, <code key="receipt">{signer.receiptCode}</code>],
          [text.signerColumns.role, text.roles[signer.role]],
          [text.signerColumns.who, <Who key="who" signer={signer} />],
          [text.signerColumns.when, text.instant(signer.signedAt)],
          [text.statement, signer.statement],
          ...(signer.method ? [[text.method, signer.method] satisfies Fact] : []),
          [text.content, hash(document.contentHash)],
        ]}
      />
    </section>
  )
}

export function Signers({ signers }: { signers: Signer[] }) {
  return (
    <section>
      <VStack gap="space-12">
        <Heading level="2" size="medium">
          {text.signers}
        </Heading>
        <DataTable
          caption={text.signers}
          hideCaption
          rows={signers}
          rowKey={(signer) => signer.receiptCode}
          columns={[
            { key: 'role', header: text.signerColumns.role, rowHeader: true, cell: (one) => text.roles[one.role] },
            { key: 'who', header: text.signerColumns.who, cell: (one) => <Who signer={one} /> },
            { key: 'method', header: text.method, cell: (one) => one.method ?? text.methodUntold },
            { key: 'when', header: text.signerColumns.when, cell: (one) => text.instant(one.signedAt) },
            { key: 'receipt', header: text.signerColumns.receipt, cell: (one) => <code>{one.receiptCode}</code> },
          ]}
        />
      </VStack>
    </section>
  )
}

function Who({ signer }: { signer: Signer }) {
  const position = signer.position === signer.name ? '' : signer.position
  const cargo = [position, signer.tenureKind === 'encargado' ? text.encargado : ''].filter(Boolean).join(', ')
  const under = [cargo, signer.actingFor && text.actingFor(signer.actingFor)].filter(Boolean).join(' · ')
  return (
    <>
      {signer.name}
      {under && (
        <>
          <br />
          <span className="quiet">{under}</span>
        </>
      )}
    </>
  )
}
