/** The forms of a page as a browser without script would send them. */

export interface PageForm {
  /** Where it is sent; null: the page's own address. */
  action: string | null
  /** Asks by its address, and changes nothing. */
  isSearch: boolean
  /** Name and value of each button it is sent by. */
  buttons: [string, string][]
  /** Every input with what it holds when the page arrives, in order. */
  entries: [string, string][]
  /** Names of those a person types text into. */
  texts: string[]
}

export function formsIn(html: string): PageForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, tag = '', inside = '']) => ({
    action: attribute(tag, 'action'),
    isSearch: attribute(tag, 'method')?.toLowerCase() !== 'post',
    buttons: [...inside.matchAll(/<button\b([^>]*)>/g)].flatMap(([, tag = '']) =>
      named(tag, attribute(tag, 'value') ?? ''),
    ),
    entries: [...inputs(inside), ...areas(inside), ...selects(inside)],
    texts: [
      ...[...inside.matchAll(/<input\b([^>]*)>/g)].filter(([, tag = '']) => isForText(tag)),
      ...inside.matchAll(/<textarea\b([^>]*)>/g),
    ].flatMap(([, tag = '']) => attribute(tag, 'name') ?? []),
  }))
}

const isForText = (tag: string) => (attribute(tag, 'type') ?? 'text') === 'text'

function inputs(html: string): [string, string][] {
  return [...html.matchAll(/<input\b([^>]*)>/g)].flatMap(([, tag = '']) => {
    const chosen = !/type="(checkbox|radio)"/.test(tag) || /\bchecked\b/.test(tag)
    return chosen ? named(tag, attribute(tag, 'value') ?? '') : []
  })
}

function areas(html: string): [string, string][] {
  return [...html.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g)].flatMap(([, tag = '', text = '']) =>
    named(tag, plain(text)),
  )
}

function selects(html: string): [string, string][] {
  return [...html.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)].flatMap(([, tag = '', inside = '']) => {
    const options = [...inside.matchAll(/<option\b([^>]*)>/g)].map(([, option = '']) => option)
    const chosen = options.find((option) => /\bselected\b/.test(option)) ?? options[0] ?? ''
    return named(tag, attribute(chosen, 'value') ?? '')
  })
}

function named(tag: string, value: string): [string, string][] {
  const name = attribute(tag, 'name')
  return name ? [[name, value]] : []
}

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)
  return found ? plain(found[1] ?? '') : null
}

/** What a person reads in a piece of HTML: without tags, entities resolved. */
export function textOf(html: string): string {
  return plain(html.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ')
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'", nbsp: ' ' }

/** Text of a page with its entities resolved. */
export function plain(text: string): string {
  return text.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
}
