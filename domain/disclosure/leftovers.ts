/**
 * Groups nobody printed whose size follows from printed ones that overlap: 18 or less is 6 and 17 or less is 5, so one is
 * 18, whatever else is printed beside them (promises G29).
 */

/** Cells by the finest parts they are made of; `parts` add up to `whole`. */
export interface Derived {
  whole: number[]
  parts: number[][]
}

/**
 * `groups`: the finest parts of each group whose size is printed. What a group leaves beside its known parts follows from it,
 * and of two such rests of which one holds the other, so does their difference.
 */
export function leftovers(groups: readonly number[][], isKnown: (part: number) => boolean): Derived[] {
  const derived: Derived[] = []
  const rests = new Map<string, number[]>()
  for (const group of groups) {
    const rest = group.filter((part) => !isKnown(part))
    if (rest.length === 0) continue
    rests.set(rest.toSorted((a, b) => a - b).join(), rest)
    if (rest.length > 1 && rest.length < group.length)
      derived.push({ whole: group, parts: [...group.filter(isKnown).map((part) => [part]), rest] })
  }
  for (const wide of rests.values())
    for (const narrow of rests.values()) {
      if (narrow.length >= wide.length || !narrow.every((part) => wide.includes(part))) continue
      derived.push({ whole: wide, parts: [narrow, wide.filter((part) => !narrow.includes(part))] })
    }
  return derived
}
