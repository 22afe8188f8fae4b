import { useEffect, useRef } from 'react'
import type { ReviewVerdict } from '../../../domain/campaigns.ts'

const VERDICTS: Record<string, ReviewVerdict> = { '1': 'confirm', '2': 'modify', '3': 'retire' }
const MOVES: Record<string, number> = { j: 1, k: -1 }

/**
 * The keyboard of a list of cards: j and k go from card to card, 1, 2 and 3 answer the one in hand; never while somebody
 * types (WCAG 2.1.4). How long each card was in hand is counted into its hidden field (N3).
 */
export function useReviewKeys() {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const within = form.current
    if (!within) return
    const watch = { card: null as Element | null, since: performance.now() }
    const lookAt = (card: Element | null) => {
      addSeen(watch.card, performance.now() - watch.since)
      Object.assign(watch, { card, since: performance.now() })
    }
    const onFocus = ({ target }: FocusEvent) => lookAt((target as Element).closest('[data-review-card]'))
    const onSubmit = () => lookAt(watch.card)
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
      const move = MOVES[event.key]
      const verdict = VERDICTS[event.key]
      if (move === undefined && verdict === undefined) return
      event.preventDefault()
      if (move !== undefined) goTo(within, watch.card, move)
      else if (verdict) answer(watch.card ?? cardsOf(within)[0] ?? null, verdict)
    }
    within.addEventListener('focusin', onFocus)
    within.addEventListener('submit', onSubmit)
    document.addEventListener('keydown', onKey)
    return () => {
      within.removeEventListener('focusin', onFocus)
      within.removeEventListener('submit', onSubmit)
      document.removeEventListener('keydown', onKey)
    }
  }, [])
  return form
}

const cardsOf = (form: Element) => [...form.querySelectorAll('[data-review-card]')]

function goTo(form: Element, from: Element | null, move: number): void {
  const cards = cardsOf(form)
  const at = from === null ? -1 : cards.indexOf(from)
  const next = cards[Math.max(0, Math.min(cards.length - 1, from === null ? 0 : at + move))]
  const radio = next?.querySelector<HTMLElement>('input[type=radio]:checked, input[type=radio]')
  radio?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

function answer(card: Element | null, verdict: ReviewVerdict): void {
  const radio = card?.querySelector<HTMLInputElement>(`input[type=radio][value=${verdict}]`)
  radio?.focus()
  radio?.click()
}

function addSeen(card: Element | null, ms: number): void {
  const seen = card?.querySelector<HTMLInputElement>('[data-seen]')
  if (seen) seen.value = String(Math.round(Number(seen.value || 0) + ms))
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return target.type !== 'radio' && target.type !== 'checkbox'
  return target.matches('textarea, select, [contenteditable]')
}
