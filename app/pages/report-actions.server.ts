import type { AppLoadContext } from '@remix-run/node'
import { parseNotation } from '../../domain/rich-notation.ts'
import { parseRich, type RichDoc, richOf, storedRich } from '../../domain/rich-text.ts'
import { assignSection, finishSection } from '../commands/assign-section.server.ts'
import { saveSection, sectionBase } from '../commands/save-section.server.ts'
import type { Actor } from '../session.server.ts'
import { gapSentence } from '../text/gaps.ts'
import { reportText } from '../text/report.ts'
import { withCurrentNumbers } from './report.server.ts'

interface Place {
  cycleId: string
  section: string
}

export type WrittenSection =
  | { kind: 'saved'; saved: { base: string; value: string; savedAt: string } }
  | { kind: 'conflict'; mine: string; conflict: { base: string; value: string; savedBy: string; savedAt: string } }
  | { kind: 'invalid'; mine: string; error: string }
export type SectionAnswer = { kind: 'done' } | WrittenSection

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
      return await save(context, actor, place, { bases: [text('base')], doc: richOf(text('guardado')), which: 'all' })
    default:
      return await writeSection(context, actor, place, form)
  }
}

/** Saves the words of a section: the document of the editor, or the plain field where there is no script. */
export async function writeSection(
  context: AppLoadContext,
  actor: Actor,
  place: Place,
  form: FormData,
): Promise<WrittenSection> {
  const text = (name: string) => String(form.get(name) ?? '')
  const doc = form.has('documento') ? parseRich(text('documento')) : parseNotation(text('texto'))
  if (!doc) {
    const error = gapSentence({ code: 'not_a_text', facts: { label: reportText.text } })
    return { kind: 'invalid', mine: '', error }
  }
  // What the same page sent before, where it never heard whether that arrived.
  const earlier = parseRich(text('antes'))
  const bases = [text('base'), ...(earlier ? [sectionBase(storedRich(earlier))] : [])]
  return await save(context, actor, place, { bases, doc, which: 'new' })
}

async function save(
  context: AppLoadContext,
  actor: Actor,
  place: Place,
  { bases, doc, which }: { bases: string[]; doc: RichDoc; which: 'new' | 'all' },
): Promise<WrittenSection> {
  const value = storedRich(await withCurrentNumbers(context, actor, place.cycleId, doc, which))
  const saved = await saveSection(context, actor, { ...place, bases, value })
  if (saved.saved) return { kind: 'saved', saved: { base: saved.base, value, savedAt: saved.savedAt.toISOString() } }
  if ('errors' in saved) {
    const [first] = saved.errors
    return { kind: 'invalid', mine: value, error: first ? gapSentence(first) : '' }
  }
  const { conflict } = saved
  return { kind: 'conflict', mine: value, conflict: { ...conflict, savedAt: conflict.savedAt.toISOString() } }
}
