import type { AppLoadContext } from '@remix-run/node'
import { formChain, formDefinition, newestForm } from '../../catalog/forms/index.ts'
import type { Trx } from '../../db/client.ts'
import { findStepContext } from '../../db/step-context.ts'
import {
  bringOver,
  type Carried,
  type FieldName,
  type FormDefinition,
  fieldAt,
  formChanges,
  type LeftOver,
  nameAt,
  pathOf,
  type ReferenceOptions,
  shownValue,
  type TypedValue,
} from '../../domain/forms.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { notFound } from '../answer.server.ts'
import type { LeftOverLine } from '../components/step/left-over.tsx'
import type { Actor } from '../session.server.ts'
import { requireStepHead } from './step-head.server.ts'

/** One typed value with the field it stands in and the one it goes to. */
export interface ValuePlace {
  key: string
  value: string
  before: FieldName
  /** Null where the newer form has no field for it. */
  after: FieldName | null
}

/** What the newer form of a step changes and where each typed value goes; `newer` is null where there is none. */
export async function requireUpgradePage(
  trx: Trx,
  actor: Actor,
  cycleId: string,
  code: StepCode,
  context: AppLoadContext,
) {
  const head = await requireStepHead(trx, actor, cycleId, code, context)
  const step = await findStepContext(trx, cycleId, code)
  if (!step) throw notFound(context.requestId)
  const { definition, draft, options } = step
  const newest = newestForm(code)
  if (newest.version === definition.version) return { ...head, newer: null }
  const chain = formChain(code, definition.version)
  const { carried } = bringOver(chain, draft.answers)
  const places = carried.map((one, i) => placeOf(one, i, definition, newest, options))
  const moved = places.filter(({ before, after }) => before.group !== after?.group || before.label !== after.label)
  return {
    ...head,
    newer: {
      own: definition.version,
      newest: newest.version,
      rev: draft.rev,
      changes: formChanges(chain),
      places: moved,
      staying: places.length - moved.length,
    },
  }
}

/** Lines of what has no field any more, in the words of the form it was typed in. */
export function shownLeftOver(code: StepCode, leftOver: LeftOver[], options: ReferenceOptions): LeftOverLine[] {
  return leftOver.map((one, i) => {
    const own = formDefinition(code, one.form)
    return { key: String(i), ...nameAt(own, one.at), form: one.form, value: shownIn(own, one, options) }
  })
}

function placeOf(
  { from, to }: Carried,
  i: number,
  before: FormDefinition,
  after: FormDefinition,
  options: ReferenceOptions,
): ValuePlace {
  return {
    key: String(i),
    value: shownIn(before, from, options),
    before: nameAt(before, from.at),
    after: to && nameAt(after, to.at),
  }
}

/** Labels instead of codes, as everywhere else. */
function shownIn(definition: FormDefinition, { at, value }: TypedValue, options: ReferenceOptions): string {
  const field = fieldAt(definition, pathOf(at))
  return field && field.kind !== 'list' ? shownValue(field, value, options) : value
}
