/**
 * What somebody sent with a session that had ended: the tab keeps it while they sign in, and gives it back to them and to nobody
 * else. Never a password, a file or a field nobody sees; never a citizen's form, which is kept sealed on the server as it is typed.
 */

export interface TypedForm {
  account: string
  /** Page it was on: path and query. */
  page: string
  form: string
  entries: [string, string][]
  /** It never arrived: signing in was asked for instead. */
  isUnsent: boolean
  at: number
}

const NAME = 'escrito'
/** As long as a session lasts with nobody at it. */
const KEPT_MS = 30 * 60_000
/** `/captura/…/escrito` keeps these. */
const KEPT_ELSEWHERE = /^\/captura\//

/** Instants of this tab alone; what the record says has the clock of the server. */
const tabNow = () => performance.timeOrigin + performance.now()

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

const formsOf = () => [...document.querySelectorAll<HTMLFormElement>('main form')]
const controlsOf = (form: HTMLFormElement) =>
  [...form.elements].filter((one): one is Control => one.matches('input[name], select[name], textarea[name]'))

/** The same form of a page that is made anew. */
function nameOf(form: HTMLFormElement): string {
  const { value = '' } = form.querySelector<HTMLInputElement>('input[name="formulario"]') ?? {}
  return value || String(formsOf().indexOf(form))
}

const isTyped = (control: Control) => !['hidden', 'password', 'file', 'submit'].includes(control.type)
const isTicked = (control: Control) => control.type === 'radio' || control.type === 'checkbox'

/** On its way to the server; whether it arrives is seen by the page that comes next. */
export function keepSent(form: HTMLFormElement, account: string): void {
  const { pathname, search } = window.location
  if (form.method !== 'post' || KEPT_ELSEWHERE.test(pathname)) return
  const entries = controlsOf(form)
    .filter((one) => isTyped(one) && (!isTicked(one) || (one as HTMLInputElement).checked))
    .map(({ name, value }): [string, string] => [name, value])
  if (entries.length === 0) return
  store({ account, page: pathname + search, form: nameOf(form), entries, isUnsent: false, at: tabNow() })
}

/** The page to sign in stands where the answer should: nothing of it arrived. */
export function keepUnsent(): void {
  const kept = stored()
  if (kept) store({ ...kept, isUnsent: true })
}

/** What its person typed on this page and never arrived, taken out; anything else that was kept is forgotten. */
export function takeUnsent(account: string): TypedForm | null {
  const kept = stored()
  window.sessionStorage.removeItem(NAME)
  const { pathname, search } = window.location
  if (!kept?.isUnsent || kept.account !== account || tabNow() - kept.at > KEPT_MS) return null
  return kept.page === pathname + search ? kept : null
}

function store(kept: TypedForm): void {
  try {
    window.sessionStorage.setItem(NAME, JSON.stringify(kept))
  } catch {
    // A browser that keeps nothing: then it is as without script.
  }
}

function stored(): TypedForm | null {
  try {
    return JSON.parse(window.sessionStorage.getItem(NAME) ?? 'null')
  } catch {
    return null
  }
}

/**
 * Types it again where the same form stands, and says whether anything found its place; what appears only once something is
 * chosen is filled in with a second call.
 */
export function typeAgain({ form: name, entries }: TypedForm): boolean {
  const form = formsOf().find((one) => nameOf(one) === name)
  if (!form) return false
  const left = [...entries]
  for (const control of controlsOf(form).filter(isTyped)) {
    const at = left.findIndex(([one, value]) => one === control.name && (!isTicked(control) || value === control.value))
    if (isTicked(control)) {
      const ticked = control as HTMLInputElement
      if (ticked.checked !== at >= 0 && (ticked.type === 'checkbox' || at >= 0)) ticked.click()
    } else if (at >= 0 && control.value !== left[at]?.[1]) type(control, left[at]?.[1] ?? '')
    if (at >= 0) left.splice(at, 1)
  }
  return left.length < entries.length
}

/** As a person would: the page hears of it. */
function type(control: Control, value: string): void {
  const prototype = Object.getPrototypeOf(control)
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(control, value)
  control.dispatchEvent(new Event('input', { bubbles: true }))
  control.dispatchEvent(new Event('change', { bubbles: true }))
}
