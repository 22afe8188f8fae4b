/**
 * What a person declares when signing (Ley 527 de 1999, Decreto 2364 de 2012): shown before the act, stored with it.
 * Part of the record and therefore data: `db/` writes it, which reads no words of screens.
 */

import type { DisposalVerdict } from '../domain/disposal.ts'
import type { GrantVerdict } from '../domain/grants.ts'
import type { SignatureRole } from '../domain/procedures.ts'
import { isProof, type Proof } from '../domain/proofs.ts'
import type { RightsVerdict } from '../domain/rights.ts'
import type { AcceptanceVerdict } from '../domain/risk-treatment.ts'

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

/** What is declared of a delegated access (circular 4173.010.22.2.1020.000150). */
export const ACCESS_STATEMENTS: Record<'ask' | GrantVerdict, string> = {
  ask: 'Declaro que designo a esta persona para registrar datos de la ciudadanía en este punto de atención y que lo pedí con la comunicación que se cita.',
  accept:
    'Declaro que leí y acepto el compromiso de confidencialidad y tratamiento de datos personales para esta vigencia.',
  decline: 'Declaro que no acepto el acceso que se pidió para mí.',
  grant: 'Declaro que apruebo exactamente este acceso, para esta persona, este punto, este formulario y estas fechas.',
  deny: 'Declaro que niego este acceso por el motivo que escribí.',
  withdraw: 'Declaro que retiro la solicitud de este acceso por el motivo que escribí.',
  revoke: 'Declaro que revoco este acceso desde este momento por la causa que se cita.',
}

/** What is declared of a citizen's request about their data (Ley 1581 de 2012, arts. 14, 15 and 20 of Decreto 1377 de 2013). */
export const RIGHTS_STATEMENTS: Record<RightsVerdict, string> = {
  identify:
    'Declaro que comprobé la identidad de quien presenta la solicitud, y la calidad en que actúa, por el medio que se cita.',
  require: 'Declaro que al reclamo le falta lo que escribí y que se le pide a quien lo presentó que lo complete.',
  extend:
    'Declaro que no es posible responder dentro del primer término, por el motivo que escribí, y que se le informa a quien presentó la solicitud.',
  forward: 'Declaro que la entidad no es competente para resolver este reclamo y que lo traslado a quien lo es.',
  attend: 'Declaro que atiendo esta solicitud como dice la respuesta que escribí.',
  deny: 'Declaro que niego esta solicitud por la causa que se cita y como dice la respuesta que escribí.',
}

/** What is declared of the acceptance of a risk (guía v7, num. 3; the policy of administration of risk). */
export const ACCEPTANCE_STATEMENTS: Record<AcceptanceVerdict, string> = {
  accept_risk:
    'Declaro que acepto este riesgo exactamente como está valorado, con sus controles y la evidencia que hoy tienen, hasta la fecha que se indica.',
  decline_risk: 'Declaro que no acepto este riesgo por el motivo que escribí.',
  withdraw_risk: 'Declaro que este riesgo ya no se acepta, por el motivo que escribí.',
}

/** What is declared of the elimination of the content of a cycle (Acuerdo AGN 001 de 2024; decision 0061). */
export const DISPOSAL_STATEMENTS: Record<DisposalVerdict, string> = {
  approve_disposal:
    'Declaro que revisé este inventario y que apruebo eliminar exactamente lo que en él figura, según la tabla de retención documental y el acta del comité que se cita.',
  return_disposal: 'Declaro que devuelvo esta propuesta de eliminación por el motivo que escribí.',
  withdraw_disposal: 'Declaro que esta eliminación no se hace, por el motivo que escribí.',
}

/** What is declared of a review of accesses (circular 4173.010.22.2.1020.000150; D2, D3, D6). */
export const REVIEW_STATEMENTS = {
  open: 'Declaro que abro esta revisión de accesos: los que nadie confirme dentro del plazo salen como se indica.',
  answer:
    'Declaro que revisé cada uno de estos accesos y que respondo por ellos según las funciones de cada persona en el organismo que dirijo.',
  close: 'Declaro que cierro esta revisión y que se terminen los accesos que no siguen, con el caso que se cita.',
} as const

/**
 * How the signer was identified, as the signature stores it: by the session alone, or as they proved it for this signature.
 * What was stored before stays as it was.
 */
const METHODS: Record<Proof | 'session', string> = {
  session: 'Cuenta personal con sesión vigente',
  password: 'Firma electrónica: cuenta personal y contraseña verificada (Decreto 2364 de 2012, artículo 3)',
  password_code:
    'Firma electrónica: cuenta personal, contraseña y segundo factor verificados (Decreto 2364 de 2012, artículo 3)',
  directory:
    'Firma electrónica: cuenta personal e identidad verificada en el directorio de la entidad (Decreto 2364 de 2012, artículo 3)',
  directory_code:
    'Firma electrónica: cuenta personal, identidad verificada en el directorio de la entidad y segundo factor (Decreto 2364 de 2012, artículo 3)',
  directory_factor:
    'Firma electrónica: cuenta personal e identidad verificada en el directorio de la entidad, con el segundo factor que este pidió (Decreto 2364 de 2012, artículo 3)',
}

/** `proof` as the act keeps it; null for an act that needed none. */
export function signatureMethod(proof: string | null): string {
  return METHODS[isProof(proof) ? proof : 'session']
}
