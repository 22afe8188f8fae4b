/**
 * A copy of a methodology as somebody edits it: matrix, levels, thresholds, weights, treatment and wording. Typologies and kinds
 * of control stay those of what it was copied from, and so does each level that is kept, so that every answer keeps its meaning.
 */
import { allFaults, type EditFault, type Fault, ownersOf } from './methodology-faults.ts'
import { codesField, codesIn, isNewLevel, LEVEL_COUNT } from './methodology-levels.ts'
import { numberOf } from './number-notation.ts'
import { AXES, type Axis, type Methodology, methodologySchema, REVIEW_MONTHS } from './risk-methodology.ts'
import { typologyOf } from './risks.ts'
import { isStorable } from './storable.ts'

type Edited = { ok: true; methodology: Methodology } | { ok: false; faults: Fault[] }

type Range = { min: number; max: number | null } | null
const rangeOf = (level: Methodology['probability'][number] | Methodology['impact'][number]): Range =>
  'times' in level ? level.times : (level.economic ?? level.yes)

/** Every field of the form with what stands in it. */
export function fieldsOfMethodology(methodology: Methodology): Record<string, string> {
  const { residual, evidence } = methodology
  const fields: (readonly [string, string | number])[] = [['name', methodology.name]]
  for (const axis of AXES) {
    fields.push([codesField(axis), methodology[axis].map(({ code }) => code).join(' ')])
    for (const [i, level] of methodology[axis].entries()) {
      const at = `${axis}.${i}`
      fields.push([`${at}.name`, level.name], [`${at}.percent`, level.percent], [`${at}.words`, level.words])
      const range = rangeOf(level)
      if (range && i > 0) fields.push([`${at}.from`, range.min])
    }
  }
  for (const [i, row] of methodology.matrix.entries())
    for (const [j, cell] of [...row].entries()) fields.push([`matrix.${i}.${j}`, cell])
  for (const [i, { name, acceptedBy, needsEvidence, reviewMonths }] of methodology.zones.entries())
    fields.push(
      ...([
        [`zones.${i}.name`, name],
        [`zones.${i}.acceptedBy`, acceptedBy ?? ''],
      ] as const),
      ...([
        [`zones.${i}.needsEvidence`, yesNo(needsEvidence)],
        [`zones.${i}.reviewMonths`, reviewMonths],
      ] as const),
    )
  for (const [i, { name, wording, isAcceptable, appetite }] of methodology.typologies.entries())
    fields.push(
      ...([
        [`typologies.${i}.name`, name],
        [`typologies.${i}.wording`, wording],
      ] as const),
      ...([
        [`typologies.${i}.isAcceptable`, yesNo(isAcceptable)],
        [`typologies.${i}.appetite`, appetite],
      ] as const),
    )
  if (residual.kind === 'weight') {
    for (const [i, one] of residual.types.entries()) fields.push([`types.${i}.weight`, one.weight])
    for (const [i, one] of residual.implementations.entries()) fields.push([`implementations.${i}.weight`, one.weight])
    for (const { code } of methodology.typologies)
      for (const [i, one] of residual.implementations.entries()) {
        const own = residual.typologies[code]?.implementations.find((way) => way.code === one.code)
        fields.push([`own.${code}.${i}`, own && own.weight !== one.weight ? own.weight : ''])
      }
  } else {
    for (const [i, { options }] of residual.criteria.entries())
      for (const [j, one] of options.entries()) fields.push([`criteria.${i}.${j}`, one.points])
    for (const [i, one] of residual.grades.entries())
      fields.push(
        [`grades.${i}.from`, one.from],
        [`grades.${i}.counts`, one.counts],
        [`grades.${i}.levels`, one.levels],
      )
  }
  for (const [state, share] of Object.entries(evidence)) fields.push([`evidence.${state}`, share])
  return Object.fromEntries(fields.map(([path, value]) => [path, String(value)]))
}

const yesNo = (value: boolean) => (value ? 'si' : 'no')

/** Who directs the process and who directs the entity, from the lowest: the duties that accept risks. */
const DIRECTORS = ['jefatura_ogac', 'secretaria_general', 'alcaldia']

/**
 * Duties that may accept a risk in a zone: the one that ships for it or for a milder one, and those above; nobody lower, however an
 * entity adapts it. `shipped`: that a copy comes from.
 */
export function acceptorsFor(shipped: Methodology, zone: string): string[] {
  const upTo = shipped.zones.slice(0, shipped.zones.findIndex(({ code }) => code === zone) + 1)
  const named = upTo.flatMap(({ acceptedBy }) => (acceptedBy === null ? [] : [DIRECTORS.indexOf(acceptedBy)]))
  return named.length === 0 ? [] : DIRECTORS.slice(Math.max(...named))
}

/** What the guide never lets be accepted, no entity does either (domain facts §2.7). `shipped`: that a copy comes from. */
export function mayBeAcceptable(shipped: Methodology, typology: string): boolean {
  return typologyOf(shipped, typology)?.isAcceptable ?? false
}

/** What was typed over a methodology, or everything that is wrong with it, each in its field. `shipped`: that it comes from. */
export function editMethodology(base: Methodology, typed: Record<string, string>, shipped: Methodology): Edited {
  const faults: Fault[] = []
  const read = readerOf(typed, faults)
  const zones = base.zones.map((zone, i) => ({
    ...zone,
    name: read.text(`zones.${i}.name`, 80),
    acceptedBy: read.among(`zones.${i}.acceptedBy`, ['', ...acceptorsFor(shipped, zone.code)]) || null,
    needsEvidence: read.among(`zones.${i}.needsEvidence`, ['si', 'no']) === 'si',
    reviewMonths: read.whole(`zones.${i}.reviewMonths`, REVIEW_MONTHS.least, REVIEW_MONTHS.most),
  }))
  const codes = zones.map((one) => one.code)
  const levels = {
    probability: levelsIn(base, 'probability', typed, faults),
    impact: levelsIn(base, 'impact', typed, faults),
  }
  const methodology: Methodology = {
    ...base,
    name: read.text('name', 120),
    probability: leveled(read, 'probability', levels.probability, (range) => ({ times: range })),
    impact: leveled(read, 'impact', levels.impact, (range, level) =>
      level.economic ? { economic: range } : { yes: range },
    ),
    matrix: levels.probability.map((_, i) => levels.impact.map((_level, j) => read.cell(i, j, codes)).join('')),
    zones,
    typologies: base.typologies.map((one, i) => ({
      ...one,
      name: read.text(`typologies.${i}.name`, 120),
      wording: read.text(`typologies.${i}.wording`, 500),
      isAcceptable:
        mayBeAcceptable(shipped, one.code) && read.among(`typologies.${i}.isAcceptable`, ['si', 'no']) === 'si',
      appetite: read.among(`typologies.${i}.appetite`, codes),
    })),
    residual: residualIn(read, base),
    evidence: {
      ...{ current: read.percent('evidence.current'), expired: read.percent('evidence.expired') },
      ...{ failed: read.percent('evidence.failed'), never: read.percent('evidence.never') },
    },
  }
  const parsed = methodologySchema.safeParse(methodology)
  if (faults.length === 0 && parsed.success) return { ok: true, methodology: parsed.data }
  const broken = parsed.error?.issues.map(({ path, message }) => ({ path: path.join('.'), code: message as EditFault }))
  const all = allFaults(faults, broken ?? [])
  return { ok: false, faults: all.map((one) => ({ ...one, of: ownersOf(one.path, base, typed) })) }
}

type Reader = ReturnType<typeof readerOf>

function readerOf(typed: Record<string, string>, faults: Fault[]) {
  const fault = (found: Fault) => void faults.push(found)
  const whole = (path: string, min: number, max: number, code: EditFault = 'number_wrong'): number => {
    const text = (typed[path] ?? '').trim()
    const value = numberOf(/^\d{1,3}(\s\d{3})+$/.test(text) ? text.replace(/\s/g, '') : text)
    if (value !== null && Number.isInteger(value) && value >= min && value <= max) return value
    fault({ path, code, min, max })
    return min
  }
  const among = (path: string, codes: readonly string[], code: EditFault = 'choice_unknown'): string => {
    const value = typed[path] ?? ''
    if (!codes.includes(value)) fault({ path, code })
    return value
  }
  return {
    whole,
    among,
    percent: (path: string) => whole(path, 0, 100, 'percent_wrong'),
    cell(i: number, j: number, codes: readonly string[]): string {
      const [path, value] = [`matrix.${i}.${j}`, typed[`matrix.${i}.${j}`] ?? '']
      const level = (axis: Axis, at: number) => ({ n: at + 1, name: (typed[`${axis}.${at}.name`] ?? '').trim() })
      const cell = { probability: level('probability', i), impact: level('impact', j) }
      if (!codes.includes(value)) fault({ path, code: 'matrix_hole', cell })
      return value
    },
    has: (path: string) => (typed[path] ?? '').trim() !== '',
    text(path: string, max: number): string {
      const value = (typed[path] ?? '').trim().replace(/\s+/g, ' ')
      if (value === '') fault({ path, code: 'text_missing' })
      else if (value.length > max) fault({ path, code: 'text_long', max })
      else if (!isStorable(value)) fault({ path, code: 'bad_characters' })
      return value
    },
  }
}

type AnyLevel = Methodology['probability'][number] | Methodology['impact'][number]

/** The levels of a scale as they are typed: those that were kept, and new ones that are measured as they are. */
function levelsIn<A extends Axis>(
  base: Methodology,
  axis: A,
  typed: Record<string, string>,
  faults: Fault[],
): Methodology[A][number][] {
  const levels: Methodology[A][number][] = base[axis]
  const [measured] = levels
  const codes = codesIn(typed, axis)
  const found = codes.flatMap((code) => {
    const kept = levels.find((one) => one.code === code)
    return kept ?? (measured && isNewLevel(code) ? { ...measured, code } : [])
  })
  const { least, most } = LEVEL_COUNT
  const isSound = found.length === codes.length && new Set(codes).size === codes.length
  if (isSound && codes.length >= least && codes.length <= most) return found
  faults.push({ path: codesField(axis), code: 'levels_wrong', min: least, max: most })
  return levels
}

/** Each level begins where it says and ends where the next begins: no number is left out, and none stands twice. */
function leveled<L extends AnyLevel>(
  read: Reader,
  axis: Axis,
  levels: readonly L[],
  ranged: (range: Range, level: L) => Partial<L>,
): L[] {
  const starts = levels.map((level, i) =>
    rangeOf(level) === null ? null : i === 0 ? 0 : read.whole(`${axis}.${i}.from`, 1, 100_000_000),
  )
  return levels.map((level, i) => {
    const min = starts[i] ?? null
    return {
      ...level,
      name: read.text(`${axis}.${i}.name`, 80),
      percent: read.percent(`${axis}.${i}.percent`),
      words: read.text(`${axis}.${i}.words`, 500),
      ...(min !== null && ranged({ min, max: starts[i + 1] ?? null }, level)),
    }
  })
}

function residualIn(read: Reader, { residual, typologies }: Methodology): Methodology['residual'] {
  if (residual.kind === 'score')
    return {
      ...residual,
      criteria: residual.criteria.map((one, i) => ({
        ...one,
        options: one.options.map((option, j) => ({ ...option, points: read.percent(`criteria.${i}.${j}`) })),
      })),
      grades: residual.grades.map((one, i) => ({
        ...one,
        ...{ from: read.percent(`grades.${i}.from`), counts: read.percent(`grades.${i}.counts`) },
        levels: read.whole(`grades.${i}.levels`, 0, 4),
      })),
    }
  const weighed = <W extends { weight: number }>(name: string, rows: readonly W[]) =>
    rows.map((one, i) => ({ ...one, weight: read.percent(`${name}.${i}.weight`) }))
  const implementations = weighed('implementations', residual.implementations)
  const own = typologies
    .filter(({ code }) => implementations.some((_, i) => read.has(`own.${code}.${i}`)))
    .map(({ code }) => [code, { implementations: implementations.map((one, i) => ownWeight(read, code, one, i)) }])
  return {
    ...residual,
    ...{ types: weighed('types', residual.types), implementations, typologies: Object.fromEntries(own) },
  }
}

function ownWeight<W extends { weight: number }>(read: Reader, typology: string, one: W, i: number): W {
  const path = `own.${typology}.${i}`
  return read.has(path) ? { ...one, weight: read.percent(path) } : one
}
