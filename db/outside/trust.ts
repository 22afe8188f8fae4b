/** Whose certificate a server has to show: its own name's, from an authority that is trusted (E1). */
import { isIP } from 'node:net'
import type { ConnectionPlace } from '../../domain/connections.ts'

/** For `tls.connect`. The name is the one that was typed, not the address it led to; an address is no name to ask for. */
export function trustOf({ host, tls, authority }: ConnectionPlace) {
  return {
    rejectUnauthorized: tls === 'verified',
    ...(isIP(host) ? { host } : { servername: host }),
    ...(authority !== null && { ca: authority }),
  }
}
