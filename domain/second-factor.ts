/** Codes of a second factor: of time (RFC 6238: SHA-1, six digits, 30 s) and of recovery. */

export const STEP_SECONDS = 30
export const DIGITS = 6
/** Steps a phone's clock may be off, to either side. */
export const TOLERATED_STEPS = 1
export const RECOVERY_CODES = 10

/** Number of the code that is good at an instant. */
export function stepAt(at: Date): number {
  return Math.floor(at.getTime() / 1000 / STEP_SECONDS)
}

/** What was typed, without the blanks and hyphens people type between groups; capitals as small letters. */
export function normalizedCode(typed: string): string {
  return typed.replace(/[\s-]/g, '').toLowerCase()
}

export function isTimeCode(code: string): boolean {
  return /^\d{6}$/.test(code)
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648 without padding, as authenticator apps take a key. */
export function base32(bytes: Uint8Array): string {
  let text = ''
  let [bits, held] = [0, 0]
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += BASE32[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? text + BASE32[(held << (5 - bits)) & 31] : text
}

/** Groups of four, so that a key or a code can be copied by hand. */
export function inGroups(text: string): string {
  return text.match(/.{1,4}/g)?.join(' ') ?? ''
}

/** What the QR code says, and what a link on the phone itself opens. */
export function keyAddress({ issuer, account, key }: { issuer: string; account: string; key: string }): string {
  const query = new URLSearchParams({ secret: key, issuer, algorithm: 'SHA1', digits: '6', period: '30' })
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?${query.toString().replaceAll('+', '%20')}`
}
