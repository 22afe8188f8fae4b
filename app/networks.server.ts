/** From which network a delegate is connected (circular 4173.010.22.2.1020.000150, S0.16): told by the address where the installation knows its ranges. */
import { BlockList, isIP } from 'node:net'
import { NETWORKS, type Network } from '../domain/capture.ts'

const lists = new Map<string, [Network, BlockList][]>()

/** Null where the installation names no ranges: then the delegate says it. */
export function networkOf(ranges: string | undefined, request: Request): Network | null {
  if (!ranges) return null
  const address = (request.headers.get('x-client-address') ?? '').replace(/^::ffff:/, '')
  const family = isIP(address)
  if (family === 0) return 'other'
  const found = rangesOf(ranges).find(([, list]) => list.check(address, family === 6 ? 'ipv6' : 'ipv4'))
  return found?.[0] ?? 'other'
}

/** `remi=10.20.0.0/16,vpn=10.8.0.0/24`, as `CAPTURE_NETWORKS` holds it (domain/config.ts has checked it). */
function rangesOf(ranges: string): [Network, BlockList][] {
  const known = lists.get(ranges)
  if (known) return known
  const read = ranges.split(',').map((one): [Network, BlockList] => {
    const [name = '', range = ''] = one.trim().split('=')
    const [address = '', bits = ''] = range.split('/')
    const list = new BlockList()
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4')
    return [NETWORKS.find((network) => network === name) ?? 'other', list]
  })
  lists.set(ranges, read)
  return read
}
