/** Who a citizen is: document types and numbers (Función Pública, DIAN), and the one form in which a number is looked up. */
import { DOCUMENT_TYPES } from '../catalog/document-types.ts'
import { completeNit } from './nit.ts'

/** The type of whoever has no document or does not say it: nobody can be looked up by it. */
export const WITHOUT_DOCUMENT = 'SI'
/** Documents of minors: their legal representative authorises (Ley 1581 de 2012, art. 7). */
export const MINOR_DOCUMENTS = ['RC', 'TI', 'CN']

export interface CitizenDocument {
  type: string
  number: string
}

const MAX_NUMBER = 20

/** Without points, blanks and lower case; a NIT with its check digit: the same document is always the same text. */
export function normalizedDocument({ type, number }: CitizenDocument): CitizenDocument | null {
  const known = DOCUMENT_TYPES.find((one) => one.code === type)
  if (!known || type === WITHOUT_DOCUMENT) return null
  const plain = number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.,]/g, '')
  if (type === 'NIT') return /^\d{9}(-?\d)?$/.test(plain) ? normalizedNit(plain) : null
  const pure = plain.replaceAll('-', '')
  const pattern = known.pattern ?? `^[A-Z0-9]{3,${MAX_NUMBER}}$`
  return new RegExp(pattern).test(pure) ? { type, number: pure } : null
}

function normalizedNit(plain: string): CitizenDocument | null {
  const number = completeNit(
    plain.includes('-') || plain.length === 9 ? plain : `${plain.slice(0, 9)}-${plain.slice(9)}`,
  )
  return number === undefined ? null : { type: 'NIT', number }
}

/** Whether a number cannot be one of its type; for a NIT, its check digit too. */
export function documentFault(type: string, number: string): boolean {
  return normalizedDocument({ type, number }) === null
}
