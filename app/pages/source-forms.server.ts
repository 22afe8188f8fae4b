import type { AppLoadContext } from '@remix-run/node'
import type { EarlierSource } from '../../db/earlier-sources.ts'
import type { Contract } from '../../db/source-changes.ts'
import { nameAfter, periodAfter } from '../../domain/continuity.ts'
import { FILE_ENCODINGS, MAX_HEADER_LINE, type Reading, SEPARATORS } from '../../domain/file-readings.ts'
import { Mapping, SourceContract } from '../../domain/sources.ts'
import { isStorable } from '../../domain/storable.ts'
import type { FieldError } from '../answer.server.ts'
import { requireId } from '../params.server.ts'
import { contractError, mappingError } from '../text/sources.ts'

/** What is typed about a source, read from its forms. */

export type ContractValues = Record<(typeof CONTRACT_FIELDS)[number], string>

const CONTRACT_FIELDS = [
  'name',
  'ownerAgency',
  'legalBasis',
  'sensitivity',
  'periodFrom',
  'periodTo',
  'periodicity',
  'personKey',
  'demoNote',
] as const

type ReadContract = { ok: true; contract: Contract } | { ok: false; errors: FieldError[]; values: ContractValues }

/** What the form of a new source begins with. */
export const emptyContract = (demoNote: string): ContractValues => ({
  ...{ name: '', ownerAgency: '', legalBasis: '', sensitivity: '', periodFrom: '', periodTo: '' },
  ...{ periodicity: '', personKey: '', demoNote },
})

/** The contract of an earlier exercise, for the period after its own. */
export function contractAfter(earlier: EarlierSource): ContractValues {
  const { legalBasis, sensitivity } = earlier
  const period = periodAfter(earlier)
  return {
    ...{ name: nameAfter(earlier.name, earlier, period), legalBasis, sensitivity, ...period },
    ...{ ownerAgency: earlier.ownerAgencyId ?? '', periodicity: earlier.periodicity ?? '' },
    ...{ personKey: earlier.personKey ?? '', demoNote: earlier.demoNote ?? '' },
  }
}

/** Everything typed about a source, as typed. */
export function contractValues(form: FormData): ContractValues {
  return Object.fromEntries(CONTRACT_FIELDS.map((field) => [field, text(form, field)])) as ContractValues
}

export function readContract(form: FormData, agencies: { id: string }[]): ReadContract {
  const values = contractValues(form)
  const { demoNote, personKey, periodicity, ...rest } = values
  const optional = Object.entries({ personKey, periodicity }).filter(([, value]) => value.trim() !== '')
  const parsed = SourceContract.safeParse({ ...rest, ...Object.fromEntries(optional) })
  const errors = (parsed.error?.issues ?? []).map((issue) => {
    const field = String(issue.path[0] ?? '')
    return { field, message: contractError(field, issue.message) }
  })
  const has = (field: string) => errors.some((error) => error.field === field)
  if (!has('ownerAgency') && !agencies.some((agency) => agency.id === values.ownerAgency))
    errors.push({ field: 'ownerAgency', message: contractError('ownerAgency', '') })
  if (demoNote.length > 300 || !isStorable(demoNote))
    errors.push({ field: 'demoNote', message: contractError('demoNote', '') })
  if (!parsed.success || errors.length > 0) return { ok: false, errors: inFormOrder(errors), values }
  return { ok: true, contract: { ...parsed.data, demoNote: demoNote.trim() || null } }
}

function inFormOrder(errors: FieldError[]): FieldError[] {
  const place = (error: FieldError) => CONTRACT_FIELDS.indexOf(error.field as (typeof CONTRACT_FIELDS)[number])
  return errors.sort((a, b) => place(a) - place(b)).filter((one, i) => errors[i - 1]?.field !== one.field)
}

/** The source of an earlier exercise that was chosen; null for none. A value that is no id is a page that is not there. */
export function readContinued(form: FormData, context: AppLoadContext): string | null {
  const chosen = text(form, 'continua')
  return chosen === '' ? null : requireId(chosen, context)
}

/** How a file is to be read; what the form does not say, or says in a way no page offers, stays as it is. */
export function readReading(form: FormData): Partial<Omit<Reading, 'format'>> {
  const encoding = FILE_ENCODINGS.find((one) => one === form.get('codificacion'))
  const separator = SEPARATORS.find((one) => one === form.get('separador'))
  const sheet = text(form, 'hoja')
  const headerLine = Number(text(form, 'encabezado'))
  const isLine = Number.isInteger(headerLine) && headerLine >= 1 && headerLine <= MAX_HEADER_LINE
  const headerRows = form.has('filas') ? (text(form, 'filas') === '2' ? 2 : 1) : undefined
  return {
    ...(encoding && { encoding }),
    ...(separator && { separator }),
    ...(sheet !== '' && { sheet }),
    ...(isLine && { headerLine }),
    ...(headerRows && { headerRows }),
  }
}

type ReadMapping = { ok: true; mapping: Mapping } | { ok: false; errors: FieldError[]; mapping: Mapping }

/** One row per column of the header; what the header does not have is not asked about. */
export function readMapping(form: FormData, header: string[]): ReadMapping {
  const typed = header.map((column, i) => {
    const name = (field: string) => `columna.${i}.${field}`
    const allowed = text(form, name('permitidos'))
      .split(/\r?\n/)
      .map((value) => value.trim())
      .filter((value) => value !== '')
    return {
      column,
      code: text(form, name('codigo')).trim(),
      label: text(form, name('etiqueta')).trim(),
      type: text(form, name('tipo')),
      role: text(form, name('uso')),
      sensitive: form.has(name('sensible')),
      required: form.has(name('obligatoria')),
      unique: form.has(name('unica')),
      dateFormat: text(form, name('fecha')) || 'iso',
      decimalMark: text(form, name('decimal')) || ',',
      ...(allowed.length > 0 ? { allowed } : {}),
    }
  })
  const parsed = Mapping.safeParse(typed)
  if (parsed.success) return { ok: true, mapping: parsed.data }
  const errors = parsed.error.issues.map((issue) => {
    const [index, field] = issue.path
    const message = mappingError(String(field ?? ''), issue.message)
    return index === undefined
      ? { field: 'columnas', message }
      : {
          field: `columna.${String(index)}.${FIELD_NAMES[String(field)] ?? 'etiqueta'}`,
          message: `${header[Number(index)]}: ${message}`,
        }
  })
  return { ok: false, errors, mapping: typed as Mapping }
}

const FIELD_NAMES: Record<string, string> = {
  code: 'codigo',
  label: 'etiqueta',
  type: 'tipo',
  role: 'uso',
  allowed: 'permitidos',
}

const text = (form: FormData, field: string) => String(form.get(field) ?? '')
