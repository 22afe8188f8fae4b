import { describe, expect, it } from 'vitest'
import { networkOf } from '../../app/networks.server.ts'

const RANGES = 'remi=10.20.0.0/16,vpn=10.8.0.0/24,remi=2001:db8:20::/48'
const from = (address?: string) =>
  new Request('https://caracteriza.test/captura', { headers: address ? { 'x-client-address': address } : {} })

describe('the network a delegate is connected from (S0.16)', () => {
  it.each([
    ['10.20.0.0', 'remi'],
    ['10.20.255.255', 'remi'],
    ['10.21.0.0', 'other'],
    ['10.8.0.7', 'vpn'],
    ['10.8.1.0', 'other'],
    // As a dual-stack server says an IPv4 address.
    ['::ffff:10.20.3.4', 'remi'],
    ['2001:db8:20::1', 'remi'],
    ['2001:db8:21::1', 'other'],
    ['no es una dirección', 'other'],
    [undefined, 'other'],
  ] as const)('of %s is %s', (address, network) => {
    expect(networkOf(RANGES, from(address))).toBe(network)
  })

  it('is asked of the delegate where the installation knows no ranges', () => {
    expect(networkOf(undefined, from('10.20.0.1'))).toBeNull()
    expect(networkOf('', from('10.20.0.1'))).toBeNull()
  })

  it('follows other ranges at once', () => {
    expect(networkOf('vpn=10.20.0.0/16', from('10.20.0.1'))).toBe('vpn')
  })
})
