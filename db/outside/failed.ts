import type { OutsideFailureCode } from '../../domain/connections.ts'

/** Thrown while a connection is used; callers hand code and facts on to the person. It quotes nothing a server said. */
export class OutsideFailed extends Error {
  readonly code: OutsideFailureCode
  readonly facts: { status?: number }
  constructor(code: OutsideFailureCode, facts: { status?: number } = {}) {
    super(code)
    this.name = 'OutsideFailed'
    this.code = code
    this.facts = facts
  }
}

const NETWORK: Record<string, OutsideFailureCode> = {
  ENOTFOUND: 'host_unknown',
  EAI_AGAIN: 'host_unknown',
  EAI_FAIL: 'host_unknown',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'timed_out',
  ECONNRESET: 'lost',
  EPIPE: 'lost',
  PROTOCOL_CONNECTION_LOST: 'lost',
}

/** Codes of OpenSSL's verification and of Node's comparison of names; in this order. */
const CERTIFICATE: [RegExp, OutsideFailureCode][] = [
  [/ALTNAME/, 'tls_other_name'],
  [/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/, 'tls_expired'],
  [/CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)/, 'tls_untrusted'],
]

/** Of what the network or TLS says by its code; undefined when it says nothing of the kind. */
export function networkFailure(error: unknown): OutsideFailed | undefined {
  if (error instanceof OutsideFailed) return error
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  const known = NETWORK[code]
  if (known) return new OutsideFailed(known)
  const doubt = CERTIFICATE.find(([codes]) => codes.test(code))
  if (doubt) return new OutsideFailed(doubt[1])
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) return new OutsideFailed('tls_absent')
  return undefined
}
