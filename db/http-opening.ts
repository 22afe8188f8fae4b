/** What is typed about an HTTP address becomes where it leads and what opens it: of connections, and of collectors. */
import { X509Certificate } from 'node:crypto'
import { type ConnectionPlace, type ConnectionSecret, type HttpInput, placeOfUrl } from '../domain/connections.ts'

type Typed = Omit<HttpInput, 'kind'>

export type HttpPlace = Pick<ConnectionPlace, 'host' | 'port' | 'tls' | 'authority' | 'headerName'> & {
  name: string
  /** Scheme, host and path; null of what is no HTTP address. */
  address: string | null
}

/** An address that is not typed stays as it was. */
export function httpPlaceOf(input: Typed, before: HttpPlace | undefined): HttpPlace {
  const { host, port, tls, address } = input.url === '' && before ? before : placeOfUrl(input.url)
  const headerName = input.headerName === '' ? null : input.headerName
  const authority = tls === 'verified' ? input.authority : null
  return { name: input.name, host, port, tls, authority, address, headerName }
}

/** A secret never follows elsewhere, nor to whom another authority vouches for. */
export function isElsewhere(place: LeadsTo, before: LeadsTo | undefined): boolean {
  const leads = ({ host, port, tls, authority }: LeadsTo) => JSON.stringify([host, port, tls, authority])
  return !before || leads(place) !== leads(before)
}

type LeadsTo = Pick<ConnectionPlace, 'host' | 'port' | 'tls' | 'authority'>

/** What opens it after this form, or the field that has to be typed. `standing`: what opens it now, if it leads to the same place. */
export function httpOpeningOf(
  input: Typed,
  standing: ConnectionSecret | undefined,
): { url: string; headerValue: string | null } | { needed: string } {
  const kept = standing && 'url' in standing ? standing : undefined
  const url = input.url === '' ? kept?.url : new URL(input.url).href
  if (url === undefined) return { needed: 'url' }
  if (input.headerName === '') return { url, headerValue: null }
  const headerValue = input.headerValue || kept?.headerValue
  return headerValue ? { url, headerValue } : { needed: 'headerValue' }
}

export const isHttpSecretTyped = ({ url, headerValue }: Typed) => url !== '' || headerValue !== ''

/** SHA-256 of each certificate, one after another; null of none, undefined when one cannot be read. */
export function fingerprintsOf(authority: string | null): string | null | undefined {
  if (authority === null) return null
  try {
    const each = authority.split(/(?<=-----END CERTIFICATE-----)\n/)
    return each.map((certificate) => new X509Certificate(certificate).fingerprint256).join(' ')
  } catch {
    return undefined
  }
}
