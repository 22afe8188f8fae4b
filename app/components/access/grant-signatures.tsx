import { Link } from '@remix-run/react'
import type { GrantSignature } from '../../../db/grant-pages.ts'
import { grantText as words } from '../../text/access.ts'
import { formatInstant } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'
import { Section } from '../section.tsx'

/** What each person said of an access, in order, with the receipt of their act. */
export function GrantSignatures({ signatures }: { signatures: GrantSignature[] }) {
  return (
    <Section id="firmas" title={words.signatures}>
      <ol className="plain-list">
        {signatures.map((one) => (
          <li key={one.id} className="card">
            <strong>{words.verdicts[one.kind]}</strong>
            <span className="block">
              {one.personName} · {one.positionName}
              {one.actingFor && `, ${shellText.actingFor(one.actingFor)}`} · {formatInstant(one.signedAt)}
            </span>
            {one.reason && <span className="block typed">{one.reason}</span>}
            <span className="block quiet">
              {one.statement} {one.method}.
            </span>
            <Link className="block" to={`/verificar/${one.receiptCode}`} aria-label={words.verify(one.receiptCode)}>
              {words.receipt(one.receiptCode)}
            </Link>
          </li>
        ))}
      </ol>
    </Section>
  )
}
