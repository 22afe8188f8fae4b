import type { AppLoadContext } from '@remix-run/node'
import { parseNotation } from '../../domain/rich-notation.ts'
import { parseRich, richOf, storedRich } from '../../domain/rich-text.ts'
import { assignSection, finishSection } from '../commands/assign-section.server.ts'
import { saveSection } from '../commands/save-section.server.ts'
import type { Actor } from '../session.server.ts'
import { formatTime } from '../text/format.ts'
import { gapSentence } from '../text/gaps.ts'
import { withCurrentNumbers } from './report.server.ts'

interface Place {
  cycleId: string
  section: string
}

export type SectionAnswer =
  | { kind: 'done' }
  | { kind: 'saved'; saved: { base: string; at: string } }
  | { kind: 'conflict'; mine: string; conflict: { base: string; value: string; savedBy: string; savedAt: string } }
  | { kind: 'invalid'; mine: string; error: string }

/** What the buttons of a section's page do: save, bring its numbers up to date, give it to somebody, finish it. */
export async function actOnSection(
  context: AppLoadContext,
  actor: Actor,
  place: Place,
  form: FormData,
): Promise<SectionAnswer> {
  const text = (name: string) => String(form.get(name) ?? '')
  switch (text('intent')) {
    case 'encargar':
      await assignSection(context, actor, { ...place, positionId: text('cargo') || null })
      return { kind: 'done' }
    case 'terminar':
    case 'retomar':
      await finishSection(context, actor, { ...place, finished: text('intent') === 'terminar' })
      return { kind: 'done' }
    case 'actualizar':
      return await save(context, actor, place, { base: text('base'), typed: text('guardado'), which: 'all' })
    default: {
      const written = parseRich(text('documento'))
      const typed = written ? storedRich(written) : storedRich(parseNotation(text('texto')))
      return await save(context, actor, place, { base: text('base'), typed, which: 'new' })
    }
  }
}

async function save(
  context: AppLoadContext,
  actor: Actor,
  place: Place,
  { base, typed, which }: { base: string; typed: string; which: 'new' | 'all' },
): Promise<SectionAnswer> {
  const doc = await withCurrentNumbers(context, actor, place.cycleId, richOf(typed), which)
  const value = storedRich(doc)
  const saved = await saveSection(context, actor, { ...place, base, value })
  if (saved.saved) return { kind: 'saved', saved: { base: saved.base, at: formatTime(saved.savedAt) } }
  if ('errors' in saved) {
    const [first] = saved.errors
    return { kind: 'invalid', mine: value, error: first ? gapSentence(first) : '' }
  }
  const { conflict } = saved
  return { kind: 'conflict', mine: value, conflict: { ...conflict, savedAt: conflict.savedAt.toISOString() } }
}
