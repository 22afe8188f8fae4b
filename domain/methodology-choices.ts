/** Which methodology new assessments use: chosen for the entity, or for one typology (features D3). */
import { type Objection, objection } from './refusals.ts'
import {
  isSameMethodology,
  type Methodology,
  type MethodologyKey,
  methodologyKeyOf,
  methodologyKeyText,
  type Typology,
} from './risk-methodology.ts'
import { typologyOf } from './risks.ts'
import { handsOf } from './substitutions.ts'

/** A methodology that new assessments could use. */
export interface Offered {
  key: MethodologyKey
  methodology: Methodology
}

/** `typology`: null where it holds for every one without a choice of its own. */
export interface MethodologyChoice {
  typology: string | null
  key: MethodologyKey
}

/** A typology with the methodology its new assessments use. */
export interface Kind extends Offered {
  typology: Typology
}

/** As addresses and forms carry it: `guia_7:gestion`, a methodology and one of its typologies. */
export function kindText({ key, typology }: Kind): string {
  return `${methodologyKeyText(key)}:${typology.code}`
}

/** Null for what no address or form ever carried. */
export function kindKeyOf(text: string): { key: MethodologyKey; typology: string } | null {
  const [methodology = '', typology = '', ...more] = text.split(':')
  const key = methodologyKeyOf(methodology)
  return key && more.length === 0 && /^[a-z0-9_]{1,40}$/.test(typology) ? { key, typology } : null
}

/**
 * Chosen for the typology; else the entity's, where it knows the typology; else the first that ships and does. `choices`: those
 * that hold. Undefined for a typology of none.
 */
export function methodologyFor(
  typology: string,
  choices: readonly MethodologyChoice[],
  offered: readonly Offered[],
): Kind | undefined {
  const chosen = [typology, null].flatMap((of) => choices.find((one) => one.typology === of) ?? [])
  const among = chosen.flatMap(({ key }) => offered.find((one) => isSameMethodology(one.key, key)) ?? [])
  const shipped = offered.filter(({ key }) => key.n === 0)
  for (const one of [...among, ...shipped]) {
    const known = typologyOf(one.methodology, typology)
    if (known) return { ...one, typology: known }
  }
  return undefined
}

/** Every typology that can be rated, each with its methodology, in the order of those that ship. */
export function kindsOf(choices: readonly MethodologyChoice[], offered: readonly Offered[]): Kind[] {
  const codes = new Set(offered.flatMap(({ methodology }) => methodology.typologies.map((one) => one.code)))
  return [...codes].flatMap((code) => methodologyFor(code, choices, offered) ?? [])
}

/** Why these hands do not put a version to use; null where they do. `publishers`: who published it, and whom they did it for. */
export function objectionToChoosing(
  publishers: readonly string[],
  by: { personId: string; actingFor?: string | null },
): Objection | null {
  return handsOf(by).some((hand) => publishers.includes(hand)) ? objection('own_methodology') : null
}
