/**
 * How somebody showed who they are, when they came in and again before signing; the signature says it (Ley 527 de 1999,
 * Decreto 2364 de 2012, art. 3). `_code`: with a code of the second factor of this product; `directory_factor`: the entity's
 * directory says that it asked for a second factor itself.
 */
export const PROOFS = ['password', 'password_code', 'directory', 'directory_code', 'directory_factor'] as const
export type Proof = (typeof PROOFS)[number]

/** When somebody last showed who they are, and how. */
export interface Proved {
  provedAt: Date
  proof: Proof
}

export function isProof(code: unknown): code is Proof {
  return PROOFS.includes(code as Proof)
}

export function isByDirectory(proof: Proof): boolean {
  return proof !== 'password' && proof !== 'password_code'
}

/** The same proof once the code of this product was right too. */
export function withCode(proof: Proof): Proof {
  return isByDirectory(proof) ? 'directory_code' : 'password_code'
}

/** Whether the entity asks for a second factor and neither this product nor the directory has one of the person. */
export function isFactorLacking(of: { isRequired: boolean; hasFactor: boolean; proof: Proof }): boolean {
  return of.isRequired && !of.hasFactor && of.proof !== 'directory_factor'
}
