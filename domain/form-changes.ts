/** What a newer form changes for whoever fills it in: fields added, renamed or moved, and taken away (A6). */
import type { FormDefinition } from './form-definition.ts'
import { type Address, destinationOf, type UpgradeStep } from './form-upgrade.ts'

/** A field as a person knows it: the title of its group and its label, with that of its list before it. */
export interface FieldName {
  group: string
  label: string
}

export interface FormChanges {
  added: FieldName[]
  moved: { before: FieldName; after: FieldName }[]
  removed: FieldName[]
}

/** What differs between the first form of a chain and the last, in form order. */
export function formChanges(chain: readonly UpgradeStep[]): FormChanges {
  const [first, last] = [chain[0]?.before, chain.at(-1)?.after]
  if (!first || !last) return { added: [], moved: [], removed: [] }
  const after = new Map(namesOf(last).map((one) => [one.path, one.name]))
  const reached = new Set<string>()
  const changes: FormChanges = { added: [], moved: [], removed: [] }
  for (const { path, name } of namesOf(first)) {
    const to = destinationOf(chain, path)
    const now = to === null ? undefined : after.get(to)
    if (to === null || !now) {
      changes.removed.push(name)
      continue
    }
    reached.add(to)
    if (now.group !== name.group || now.label !== name.label) changes.moved.push({ before: name, after: now })
  }
  changes.added = namesOf(last)
    .filter(({ path }) => !reached.has(path))
    .map(({ name }) => name)
  return changes
}

/** The name of the field at an address; cells of a list say which row: «Fuente 2 · Para qué se usa». */
export function nameAt(definition: FormDefinition, { group, field, row, cell }: Address): FieldName {
  const own = definition.groups.find((one) => one.code === group)
  const found = own?.fields.find((one) => one.code === field)
  if (found?.kind !== 'list') return { group: own?.title ?? group, label: found?.label ?? field }
  const inner = found.fields.find((one) => one.code === cell)
  return { group: own?.title ?? group, label: `${found.itemTitle} ${row?.n ?? ''} · ${inner?.label ?? cell}` }
}

function namesOf(definition: FormDefinition): { path: string; name: FieldName }[] {
  return definition.groups.flatMap(({ code, title, fields }) =>
    fields.flatMap((field) => {
      const path = `${code}.${field.code}`
      if (field.kind !== 'list') return [{ path, name: { group: title, label: field.label } }]
      return field.fields.map((cell) => ({
        path: `${path}.${cell.code}`,
        name: { group: title, label: `${field.itemTitle} · ${cell.label}` },
      }))
    }),
  )
}
