/** The NIT's check digit as the DIAN computes it (Orden Administrativa 4 de 1989): weights from the right, modulo 11. */
const WEIGHTS = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71]

/** Check digit of a NIT given as digits only. */
export function nitCheckDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, i) => total + Number(digit) * (WEIGHTS[i] ?? 0), 0)
  const rest = sum % 11
  return rest > 1 ? 11 - rest : rest
}

/** «891780009-4», its digit added where it was left out; undefined when the digit given is not the right one. */
export function completeNit(given: string): string | undefined {
  const [digits = '', check] = given.replace(/[.\s]/g, '').split('-')
  const right = String(nitCheckDigit(digits))
  return check === undefined || check === right ? `${digits}-${right}` : undefined
}
