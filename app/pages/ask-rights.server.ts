import { data } from '@remix-run/node'
import { withoutEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { listAskedEntities } from '../../db/rights-pages.ts'
import { readInput } from '../../domain/input-reading.ts'
import { pageInput, pagesFor, REVIEW, RIGHTS_PAGES, type RightsPage } from '../../domain/rights-inputs.ts'
import { typedOf } from '../administration.server.ts'
import type { FieldError } from '../answer.server.ts'
import { type Filed, fileRights } from '../commands/file-rights.server.ts'
import type { AppContext } from '../context.server.ts'
import { shownRefusal } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { inputErrors } from '../text/inputs.ts'

/**
 * The form of a request is answered page by page and carries everything typed along in itself: nothing is kept before it is
 * sent, in no cookie and in no draft, and it works without JavaScript.
 */
export interface AskedPage {
  page: RightsPage | typeof REVIEW
  /** Pages of this request, in order; what is asked depends on what was answered. */
  pages: RightsPage[]
  values: Record<string, string>
  errors: FieldError[]
  /** Everything was read again once: what is changed leads back there. */
  isReviewed: boolean
  filed: Filed | null
}

/** Fields of the form, and nothing else that was sent. */
const FIELDS = [
  ...(['formKey', 'entityId', 'aim', 'quality', 'holderName', 'holderDocumentType', 'holderDocument'] as const),
  ...(['requesterName', 'requesterDocumentType', 'requesterDocument', 'email', 'phone', 'address', 'facts'] as const),
]

/** Entities one may ask, and the first page; somebody who receives a request asks in the name of their own. */
export async function loadAskRights(context: AppContext, actor: Actor | null) {
  const entities = actor
    ? [{ id: actor.entityId, name: actor.entity.name }]
    : await withoutEntity(context.publicDb, listAskedEntities)
  const values: Record<string, string> = { formKey: newId() }
  const [only] = entities
  if (only && entities.length === 1) values.entityId = only.id
  return { entities, first: pageOf('solicitud', values) }
}

const pageOf = (
  page: AskedPage['page'],
  values: Record<string, string>,
  { errors = [], isReviewed = page === REVIEW }: Partial<Pick<AskedPage, 'errors' | 'isReviewed'>> = {},
): AskedPage => ({ page, values, errors, isReviewed, pages: pagesFor(values), filed: null })

/** One page was answered: the next, this one again with what is wrong, or the request filed. */
export async function actOnAskRights(context: AppContext, actor: Actor | null, form: FormData) {
  const typed = typedOf(form)
  const values: Record<string, string> = Object.fromEntries(FIELDS.map((field) => [field, typed[field] ?? '']))
  if (actor) values.entityId = actor.entityId
  const page = ([...RIGHTS_PAGES, REVIEW] as const).find((one) => one === typed.pagina) ?? 'solicitud'
  const wanted = pagesFor(values).find((one) => one === typed.ir)
  const isReviewed = page === REVIEW || typed.revisada === 'si'
  if (page === REVIEW) return wanted ? data(pageOf(wanted, values, { isReviewed })) : await send(context, actor, values)
  if (wanted && isBefore(wanted, page)) return data(pageOf(wanted, values, { isReviewed }))
  const faults = faultsOf(page, values)
  if (faults.length > 0) return data(pageOf(page, values, { errors: faults, isReviewed }), { status: 422 })
  const next = isReviewed ? firstFaulty(values) : pageAfter(page, values)
  return data(pageOf(next, values, { isReviewed }))
}

const isBefore = (one: RightsPage, other: RightsPage) => RIGHTS_PAGES.indexOf(one) < RIGHTS_PAGES.indexOf(other)

function pageAfter(page: RightsPage, values: Record<string, string>): AskedPage['page'] {
  const pages = pagesFor(values)
  return pages[pages.indexOf(page) + 1] ?? REVIEW
}

function firstFaulty(values: Record<string, string>): AskedPage['page'] {
  return pagesFor(values).find((page) => faultsOf(page, values).length > 0) ?? REVIEW
}

function faultsOf(page: RightsPage, values: Record<string, string>): FieldError[] {
  const read = readInput(pageInput(page, values), values)
  return read.ok ? [] : inputErrors(read.errors, (path) => `derechos-${path}`)
}

async function send(context: AppContext, actor: Actor | null, values: Record<string, string>) {
  const faulty = firstFaulty(values)
  if (faulty !== REVIEW) return data(pageOf(faulty, values, { errors: faultsOf(faulty, values) }), { status: 422 })
  try {
    const filed = await fileRights(context, actor, values)
    if (!filed.ok)
      return data(pageOf(REVIEW, values, { errors: inputErrors(filed.errors, () => 'derechos') }), { status: 422 })
    return data({ ...pageOf(REVIEW, {}), filed })
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    return data(pageOf(REVIEW, values, { errors: [{ field: 'derechos', message: sentence }] }), { status })
  }
}
