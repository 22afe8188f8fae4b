/** Throws with what is the case otherwise. */
export function mustBe(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise)
}
