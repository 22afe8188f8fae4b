import { CheckmarkCircleFillIcon, HourglassIcon } from '@navikt/aksel-icons'
import { BodyShort, Heading } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { SignatureRole } from '../../../domain/procedures.ts'
import { checklistText, signatureRoleText, signaturesText } from '../../text/steps.ts'

export interface SignatureLine {
  role: SignatureRole
  /** Absent while it is missing; then `duty` says whose it is. */
  signed?: { name: string; at: string; actId: string; isEncargo: boolean; actingFor: string | null }
  duty: string
}

/** Elaboró, revisó, aprobó: who signed this version and who is missing. Generated from decisions, never typed (B1). */
export function Signatures({ lines, actsAt }: { lines: SignatureLine[]; actsAt: string }) {
  return (
    <section className="card" aria-labelledby="firmas">
      <Heading level="2" size="xsmall" id="firmas" spacing>
        {signaturesText.title}
      </Heading>
      <ul className="checklist">
        {lines.map((line) => (
          <li key={`${line.role} ${line.duty}`}>
            {line.signed ? (
              <CheckmarkCircleFillIcon className="checklist__done" title={checklistText.done} />
            ) : (
              <HourglassIcon title={checklistText.missing} />
            )}
            <div>
              <strong>{signatureRoleText[line.role]}</strong>
              {line.signed ? (
                <BodyShort size="small">
                  {signaturesText.signed(line.signed)} {line.signed.isEncargo && `${signaturesText.encargado} `}
                  <Link to={`${actsAt}/${line.signed.actId}`}>{signaturesText.receipt}</Link>
                </BodyShort>
              ) : (
                <BodyShort size="small">{signaturesText.pending(line.duty)}</BodyShort>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
