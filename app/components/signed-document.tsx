import { Heading, VStack } from '@navikt/ds-react'
import { verifyText as text } from '../text/open-data.ts'
import { DataTable } from './data-table.tsx'

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
}

export function DocumentFacts({ document }: { document: Signed }) {
  const facts: [string, string, 'code' | 'hash' | 'words'][] = [
    [text.code, document.code.match(/.{1,4}/g)?.join('-') ?? document.code, 'code'],
    [text.issued, text.instant(document.issuedAt), 'words'],
    [text.size, text.formattedSize(document.bytes), 'words'],
    [text.file, document.sha256, 'hash'],
    [text.content, document.contentHash, 'hash'],
  ]
  return (
    <dl className="facts">
      {facts.map(([name, value, kind]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {kind === 'words' ? value : <code className={kind === 'hash' ? 'breakable' : undefined}>{value}</code>}
          </dd>
        </div>
      ))}
    </dl>
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
