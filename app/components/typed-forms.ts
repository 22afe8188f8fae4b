/**
 * What somebody sent with a session that had ended: the tab keeps it while they sign in, and gives it back to them and to nobody
 * else, for as long as a session lasts with nobody at it. Never a password, a code, a file or a field nobody sees; never what is
 * written of a citizen, which the browser keeps nowhere.
 */

import { IDLE_MS } from '../../domain/sessions.ts'

interface TypedForm {
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
/** What is captured is kept sealed on the server as it is typed; what citizens ask about their data is typed again. */
const OF_CITIZENS = /^\/(captura|derechos)(\/|$)/

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

const isTyped = ({ type, autocomplete }: Control) =>
  !['hidden', 'password', 'file', 'submit'].includes(type) && autocomplete !== 'one-time-code'
const isTicked = (control: Control) => control.type === 'radio' || control.type === 'checkbox'

/** On its way to the server; whether it arrives is seen by the page that comes next. */
export function keepSent(form: HTMLFormElement, account: string): void {
  const { pathname, search } = window.location
  if (form.method !== 'post' || OF_CITIZENS.test(pathname)) return
  const entries = controlsOf(form)
    .filter((one) => isTyped(one) && (!isTicked(one) || (one as HTMLInputElement).checked))
    .map(({ name, value }): [string, string] => [name, value])
  if (entries.length === 0) return
  store({ account, page: pathname + search, form: nameOf(form), entries, isUnsent: false, at: tabNow() })
}

/** The page to sign in stands where the answer should: nothing of it arrived. Whoever walks away from it leaves nothing there. */
export function keepUnsent(): (() => void) | undefined {
  const kept = stored()
  if (!kept) return undefined
  store({ ...kept, isUnsent: true })
  const timer = setTimeout(forget, Math.max(0, IDLE_MS - (tabNow() - kept.at)))
  return () => clearTimeout(timer)
}

const forget = () => window.sessionStorage.removeItem(NAME)

/** What its person typed on this page and never arrived, taken out; anything else that was kept is forgotten. */
export function takeUnsent(account: string): TypedForm | null {
  const kept = stored()
  forget()
  const { pathname, search } = window.location
  if (!kept?.isUnsent || kept.account !== account || tabNow() - kept.at > IDLE_MS) return null
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
