import { Link } from '@remix-run/react'
import { formatInstant } from '../text/format.ts'
import { Section } from './section.tsx'

/** What one person signed, as they were then. */
export interface VerdictSignature<Kind extends string> {
  id: string
  kind: Kind
  personName: string
  positionName: string
  statement: string
  observation: string | null
  method: string
  receiptCode: string
  signedAt: string | Date
}

interface Props<Kind extends string> {
  title: string
  signatures: readonly VerdictSignature<Kind>[]
  said: Record<Kind, (position: string) => string>
  receipt: (code: string) => string
}

/** Who decided what, with the statement they signed and its receipt; nothing where nobody did. */
export function VerdictSignatures<Kind extends string>({ title, signatures, said, receipt }: Props<Kind>) {
  if (signatures.length === 0) return null
  return (
    <Section id="firmas" title={title}>
      <ol className="plain-list">
        {signatures.map(({ id, kind, receiptCode, ...one }) => (
          <li key={id}>
            <strong>{said[kind](one.positionName)}</strong>
            <span className="quiet block">
              {one.personName} · {formatInstant(one.signedAt)}
            </span>
            {one.observation && <span className="block">{one.observation}</span>}
            <span className="block">
              {one.statement} {one.method}.
            </span>
            <Link to={`/verificar/${receiptCode}`}>{receipt(receiptCode)}</Link>
          </li>
        ))}
      </ol>
    </Section>
  )
}
