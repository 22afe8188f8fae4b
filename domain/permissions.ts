/** Who may: positive CASL rules over rows, and beside them the reason why not (model.md §8). Loaders, commands, SQL and screens ask here. */

import { AbilityBuilder, createMongoAbility, type MongoAbility, subject as tagged } from '@casl/ability'
import { type Asked, PERMISSION_RULES, type PermissionRules, type Reach, type Rule } from './permission-rules.ts'
import { type Action, AREAS, type Area, type Rows, type Subject } from './permission-subjects.ts'
import { type Objection, objection, type RefusalCode } from './refusals.ts'
import { type SubstitutionScope, tasksWithin } from './substitutions.ts'

/** What a decision about rights needs of whoever asks: the position they act in, never an account. */
export interface Permitted {
  entityId: string
  personId: string
  positionId: string
  duty: string
  /** What their delegated accesses in force let them enter and read (`scopeKey`); none where it is absent. */
  scopes?: readonly string[]
  /** How far they act for somebody who is absent; absent in a position of their own. */
  reach?: SubstitutionScope | null
}

/** A rule with whoever asks put into it. */
interface Condition {
  columns: Record<string, string | { $in: readonly string[] }>
  duties?: readonly string[]
  asks?: string | null
  otherwise: RefusalCode
}

/** What stands for whoever asks, as theirs; null where it limits them in nothing. */
function theirs(actor: Permitted): Record<Asked, readonly string[] | null> {
  const { entityId, duty, positionId, personId, scopes = [], reach } = actor
  return {
    ...{ $entity: [entityId], $duty: [duty], $position: [positionId], $person: [personId], $scopes: scopes },
    $kinds: reach ? tasksWithin(reach) : null,
  }
}

function conditionsFor(actor: Permitted, rules: readonly Rule[]): Condition[] {
  const own = theirs(actor)
  return rules.flatMap(({ columns, ...rule }) => {
    const bound: Condition['columns'] = {}
    for (const [column, asked] of Object.entries(columns)) {
      if (!Array.isArray(asked)) bound[column] = own[asked]?.[0] ?? ''
      else {
        const lists = asked.map((one) => own[one])
        if (lists.includes(null)) return []
        bound[column] = { $in: lists.flatMap((list) => list ?? []) }
      }
    }
    return [{ ...rule, columns: bound }]
  })
}

function rulesOf<S extends Subject>({ rules }: PermissionRules, subject: S, action: Action<S>): readonly Rule[] {
  return (rules[subject] as Record<string, readonly Rule[]> | undefined)?.[action] ?? []
}

/** Why a substitution does not reach this, or null; somebody in a position of their own is not limited by any. */
function limitOn<S extends Subject>(
  { reach }: Permitted,
  action: Action<S>,
  subject: S,
  { personal, reading, reached }: PermissionRules,
): RefusalCode | null {
  if (!reach) return null
  const among = (rights: Reach) => (rights[subject] as readonly Action<S>[] | undefined)?.includes(action) ?? false
  if (among(personal)) return 'personal_act'
  return reach === 'all' || among(reading) || among(reached[reach]) ? null : 'beyond_substitution'
}

/** Areas a duty may open; the side menu and the area's own loader ask the same list. */
export function areasOf(duty: string, { closedAreas } = PERMISSION_RULES): Area[] {
  return AREAS.filter((area) => closedAreas[area]?.includes(duty) ?? true)
}

export type AppAbility = MongoAbility<[string, Subject | Rows[Subject]]>

/** Positive rules only: what is not granted is refused. Always ask with a row in hand: `can(action, row)`. */
export function abilityFor(actor: Permitted): AppAbility {
  const { can, build } = new AbilityBuilder<AppAbility>(createMongoAbility)
  for (const area of areasOf(actor.duty)) can('enter', 'Area', { area } as never)
  for (const [name, actions] of Object.entries(PERMISSION_RULES.rules)) {
    if (name === 'Area') continue
    for (const [action, rules] of Object.entries(actions)) {
      if (limitOn(actor, action as never, name as Subject, PERMISSION_RULES)) continue
      const conditions = conditionsFor(actor, rules)
      if (conditions.some(({ duties }) => duties && !duties.includes(actor.duty))) continue
      const columns = Object.assign({}, ...conditions.map((condition) => condition.columns)) as Condition['columns']
      if (Object.keys(columns).length === 0) throw new Error(`rule ${action} ${name} would hold for every row`)
      can(action, name as Subject, columns as never)
    }
  }
  return build()
}

/** Whether the ability covers this row; `whyNot` says why it does not. */
export function may<S extends Subject>(ability: AppAbility, action: Action<S>, subject: S, row: Rows[S]): boolean {
  return ability.can(action, tagged(subject, { ...row }) as never)
}

/**
 * The first reason why not, with the duties to ask instead (model.md §8), or null; agrees with `may` on every row
 * (test/domain/permissions.test.ts). `table`: the rules of another time, to judge as they did.
 */
export function whyNot<S extends Subject>(
  actor: Permitted,
  action: Action<S>,
  subject: S,
  row: Rows[S],
  table: PermissionRules = PERMISSION_RULES,
): Objection | null {
  if (subject === 'Area')
    return areasOf(actor.duty, table).includes((row as Rows['Area']).area) ? null : objection('area_closed')
  const conditions = conditionsFor(actor, rulesOf(table, subject, action))
  if (conditions.length === 0) return objection('no_right')
  const failed = conditions.find((condition) => !holds(condition, actor, row as Record<string, unknown>))
  // What is not visible names nobody either.
  if (failed?.otherwise === 'not_visible') return objection('not_visible')
  const limit = limitOn(actor, action, subject, table)
  if (limit) return objection(limit)
  if (!failed) return null
  return objection(failed.otherwise, { duties: inCharge(failed, row as Record<string, unknown>).join(',') })
}

/** Who the condition would hold for: the duties it lists, or those in the row's column. */
function inCharge({ columns, duties, asks }: Condition, row: Record<string, unknown>): readonly string[] {
  const named = asks === undefined ? Object.keys(columns) : asks === null ? [] : [asks]
  return duties ?? named.flatMap((column) => row[column] as string | string[])
}

function holds({ columns, duties }: Condition, actor: Permitted, row: Record<string, unknown>): boolean {
  if (duties && !duties.includes(actor.duty)) return false
  return Object.entries(columns).every(([column, expected]) => {
    const wanted = typeof expected === 'string' ? [expected] : expected.$in
    return [row[column]].flat().some((value) => wanted.includes(value as string))
  })
}

/** What of whoever asks a right hangs on: that they are of the entity, or what the last condition that asks more finds in the row. */
export type Hold = 'entity' | 'duty' | 'position' | 'person' | 'scope'

const HOLDS: Record<Asked, Hold> = {
  ...{ $entity: 'entity', $duty: 'duty', $position: 'position', $person: 'person', $scopes: 'scope', $kinds: 'duty' },
}

/** Of a right that `whyNot` does not deny; the narrowest of several: the person before their position, and that before its duty. */
export function holdOf<S extends Subject>(
  actor: Permitted,
  action: Action<S>,
  subject: S,
  row: Rows[S],
  table: PermissionRules = PERMISSION_RULES,
): Hold {
  if (subject === 'Area') return table.closedAreas[(row as Rows['Area']).area] ? 'duty' : 'entity'
  const own = theirs(actor)
  const matches = (column: string, asked: Asked) =>
    [(row as Record<string, unknown>)[column]].flat().some((value) => own[asked]?.includes(value as string))
  const found = rulesOf(table, subject, action).flatMap(({ columns, duties }) => [
    ...(duties ? ['duty' as const] : []),
    ...Object.entries(columns).flatMap(([column, asked]) =>
      [asked]
        .flat()
        .filter((one) => matches(column, one))
        .map((one) => HOLDS[one]),
    ),
  ])
  return (['scope', 'person', 'position', 'duty'] as const).find((hold) => found.includes(hold)) ?? 'entity'
}
