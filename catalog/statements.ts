/**
 * What a person declares when signing (Ley 527 de 1999, Decreto 2364 de 2012): shown before the act, stored with it.
 * Part of the record and therefore data: `db/` writes it, which reads no words of screens.
 */
import type { SignatureRole } from '../domain/procedures.ts'

export type SignedVerdict = 'submit' | 'approve' | 'return'

const STATEMENTS: Record<SignatureRole, string> = {
  author: 'Declaro que elaboré este contenido y lo someto a revisión tal como queda congelado en esta versión.',
  reviewer: 'Declaro que revisé exactamente este contenido y que cumple lo que el procedimiento exige para este paso.',
  approver: 'Declaro que apruebo exactamente este contenido en ejercicio de mi cargo.',
  consent: 'Declaro que doy visto bueno a exactamente este contenido en lo que corresponde a mi dependencia.',
}

const RETURNING = 'Declaro que devuelvo esta versión con las observaciones que la acompañan.'

/** Declared besides by whoever approves a report with figures that nobody checked against the data (features G2). */
export const READ_TYPED = 'Leí la lista de cifras digitadas y respondo por ellas.'

/** What the signer declares; it stands in the signature as it was on that day. */
export function statementOf(verdict: SignedVerdict, role: SignatureRole, readTyped = false): string {
  if (verdict === 'return') return RETURNING
  return readTyped ? `${STATEMENTS[role]} ${READ_TYPED}` : STATEMENTS[role]
}

/** How the signer was identified, as the signature stores it: with the password proved again, or by the session alone. */
export const SIGNATURE_METHODS = {
  proved: 'Firma electrónica: cuenta personal y contraseña verificada (Decreto 2364 de 2012, artículo 3)',
  session: 'Cuenta personal con sesión vigente',
}
