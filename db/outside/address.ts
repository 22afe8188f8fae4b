/** To which addresses this installation connects: resolved first, judged, and only the judged one is connected to. */
import { lookup } from 'node:dns/promises'
import { BlockList, isIP, isIPv6 } from 'node:net'
import type { ConnectionKind } from '../../domain/connections.ts'
import { networkFailure, OutsideFailed } from './failed.ts'
import { type Patience, within } from './patience.ts'

/** This machine, its own link and what clouds answer about it; addresses in which another one is hidden; no single host. */
const NEVER = [
  ...['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '192.0.0.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ...['100.100.100.200/32', '168.63.129.16/32', '::/128', '::1/128', 'fe80::/10', 'ff00::/8', 'fd00:ec2::254/128'],
  ...['64:ff9b::/96', '64:ff9b:1::/48', '2002::/16', '2001::/32'],
]
/** Inside the entity's network: where its databases are, and where no web address has to lead. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '198.18.0.0/15', 'fc00::/7']

const never = blockListOf(NEVER)
const inside = blockListOf(PRIVATE)

function blockListOf(ranges: string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [net = '', prefix] = range.split('/')
    list.addSubnet(net, Number(prefix), isIPv6(net) ? 'ipv6' : 'ipv4')
  }
  return list
}

/** Whether an address is refused; an IPv4 address written as IPv6 is judged as what it is. */
export function isBarred(address: string, kind: ConnectionKind): boolean {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4'
  return never.check(address, family) || (kind === 'http' && inside.check(address, family))
}

interface Door {
  kind: ConnectionKind
  host: string
  port: number
}

/** What `CONNECTION_HOSTS` of the installation names, as `host` or `host:port`, is connected to wherever it is. */
function isAllowed({ host, port }: Door, allowed: string): boolean {
  const names = allowed.split(',').map((name) => name.trim().toLowerCase())
  return names.includes(host.toLowerCase()) || names.includes(`${host.toLowerCase()}:${port}`)
}

/**
 * The one address to connect to. Throws `OutsideFailed`: `host_unknown`, `timed_out`, or `address_barred` when any of
 * its addresses is, so that a name cannot hide one behind another.
 */
export async function permittedAddress(door: Door, allowed: string, patience: Patience): Promise<string> {
  const host = door.host.replace(/^\[|\]$/g, '')
  const found = await addressesOf(host, patience)
  const [first] = found
  if (first === undefined) throw new OutsideFailed('host_unknown')
  if (!isAllowed({ ...door, host }, allowed) && found.some((address) => isBarred(address, door.kind)))
    throw new OutsideFailed('address_barred')
  return first
}

async function addressesOf(host: string, patience: Patience): Promise<string[]> {
  if (isIP(host)) return [host]
  try {
    const found = await within(patience, 'timed_out', lookup(host, { all: true }), () => undefined)
    return found.map(({ address }) => address)
  } catch (error) {
    throw networkFailure(error) ?? new OutsideFailed('host_unknown')
  }
}
