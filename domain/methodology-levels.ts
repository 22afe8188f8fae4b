/**
 * Levels added to a scale of a copy and taken from it, in what is typed: nothing is saved by it and nothing typed is lost. What a new
 * level and its line of the matrix lack is told when the copy is saved.
 */
import type { Axis } from './risk-methodology.ts'

/** Of a scale: fewer tell no risk from another, and of more no matrix can be read (the guides have three to five). */
export const LEVEL_COUNT = { least: 3, most: 7 }

/** `at`: index of the level that is removed, or that the new one has. */
export interface LevelChange {
  kind: 'add' | 'remove'
  axis: Axis
  at: number
}

/** As a button of the form sends it: `add.impact.2`. */
export const levelChangeText = ({ kind, axis, at }: LevelChange): string => `${kind}.${axis}.${at}`

export function levelChangeOf(text: string): LevelChange | null {
  const [, kind, axis, at] = /^(add|remove)\.(probability|impact)\.(\d)$/.exec(text) ?? []
  return kind ? { kind: kind as LevelChange['kind'], axis: axis as Axis, at: Number(at) } : null
}

export const codesField = (axis: Axis): string => `${axis}.codes`

/** Codes of the levels of a scale as they are typed, from the lowest. */
export function codesIn(typed: Record<string, string>, axis: Axis): string[] {
  return (typed[codesField(axis)] ?? '').split(' ').filter((code) => code !== '')
}

/** A code no level of another version has: what a risk moves to is proposed by it. */
const NEW = /^nivel_[0-9a-f]{8}_[a-z0-9]{1,12}$/
export const isNewLevel = (code: string): boolean => NEW.test(code)

function newCode({ copy = '' }: Record<string, string>, codes: readonly string[]): string {
  const stem = `nivel_${copy.replaceAll('-', '').slice(0, 8).padStart(8, '0')}`
  const n = Array.from({ length: LEVEL_COUNT.most + 1 }, (_, at) => at).find((at) => !codes.includes(`${stem}_${at}`))
  return `${stem}_${n}`
}

/** What was typed with one level more, which is blank, or one less; the same where the scale has no room for it. */
export function changeLevels(typed: Record<string, string>, { kind, axis, at }: LevelChange): Record<string, string> {
  const codes = codesIn(typed, axis)
  const count = codes.length + (kind === 'add' ? 1 : -1)
  const last = kind === 'add' ? codes.length : codes.length - 1
  if (count < LEVEL_COUNT.least || count > LEVEL_COUNT.most || at > last) return typed
  if (kind === 'add') codes.splice(at, 0, newCode(typed, codes))
  else codes.splice(at, 1)
  const fields = Object.entries(typed).flatMap(([name, value]) => {
    const moved = movedField(name, { kind, axis, at })
    return moved === null ? [] : [[moved, value] as const]
  })
  const left = Object.fromEntries(fields)
  return { ...left, ...(kind === 'add' && blanksOf(left, { axis, at })), [codesField(axis)]: codes.join(' ') }
}

/** Every field of a new level, empty: what stood in its place belongs to the one above now. The old first one has no beginning. */
function blanksOf(
  typed: Record<string, string>,
  { axis, at }: Pick<LevelChange, 'axis' | 'at'>,
): Record<string, string> {
  const starts = Object.keys(typed).some((name) => name.startsWith(`${axis}.`) && name.endsWith('.from'))
  const across = codesIn(typed, axis === 'probability' ? 'impact' : 'probability')
  const names = [
    ...['name', 'percent', 'words'].map((name) => `${axis}.${at}.${name}`),
    ...(starts ? [`${axis}.${Math.max(at, 1)}.from`] : []),
    ...across.map((_, i) => (axis === 'probability' ? `matrix.${at}.${i}` : `matrix.${i}.${at}`)),
  ]
  return Object.fromEntries(names.map((name) => [name, '']))
}

/** The name a field has once levels moved; null of one that is gone with its level. */
function movedField(name: string, { kind, axis, at }: LevelChange): string | null {
  const parts = name.split('.')
  const place = parts[0] === axis ? 1 : parts[0] === 'matrix' ? (axis === 'probability' ? 1 : 2) : 0
  const n = /^\d+$/.test(parts[place] ?? '') && place > 0 ? Number(parts[place]) : null
  if (n === null || n < at) return name
  if (kind === 'remove' && n === at) return null
  parts[place] = String(kind === 'add' ? n + 1 : n - 1)
  return parts.join('.')
}
