/** What people say about a step beside its content (A9): who corrects it, who resolves it, whom it mentions. */
import { folded } from './folded.ts'
import type { Rows } from './permission-subjects.ts'
import type { OpenComments, Procedure } from './procedures.ts'
import { type Objection, objection } from './refusals.ts'

export function openCommentsPolicy(procedure: Procedure): OpenComments {
  return procedure.openComments ?? 'allow'
}

/** Comments without an answer that closes them keep a step from being approved where its procedure says so. */
export function objectionToOpen(procedure: Procedure, step: string, unresolved: number): Objection | null {
  if (unresolved === 0 || openCommentsPolicy(procedure) === 'allow') return null
  return objection('comments_open', { step, n: unresolved })
}

/** Nobody changes the words of another. */
export function objectionToRewriting(comment: { personId: string }, personId: string): Objection | null {
  return comment.personId === personId ? null : objection('comment_of_other')
}

/** Whoever wrote it, elaborates the step or decides on it says that a comment is resolved, or that it is not. */
export function objectionToResolving(
  comment: { personId: string },
  step: Rows['Step'],
  actor: { personId: string; duty: string },
): Objection | null {
  const duties = [...new Set([...step.authorDuties, ...step.deciderDuties])]
  if (comment.personId === actor.personId || duties.includes(actor.duty)) return null
  return objection('not_in_charge', { duties: duties.join(',') })
}

/** Names among `positions` that the text mentions as `@cargo`; the longest name wins, capitals and accents do not matter. */
export function mentionedIn<P extends { name: string }>(text: string, positions: readonly P[]): P[] {
  const plain = folded(text)
  const longestFirst = positions
    .map((position) => ({ position, name: folded(position.name) }))
    .filter(({ name }) => name !== '')
    .sort((a, b) => b.name.length - a.name.length)
  const found: P[] = []
  for (let at = plain.indexOf('@'); at !== -1; at = plain.indexOf('@', at + 1)) {
    // Part of an address or of another word: nobody is meant.
    if (/[\p{L}\p{N}]/u.test(plain[at - 1] ?? '')) continue
    const rest = plain.slice(at + 1)
    const named = longestFirst.find(
      ({ name }) => rest.startsWith(name) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length)),
    )
    for (const { position, name } of named ? longestFirst.filter((one) => one.name === named.name) : [])
      if (name && !found.includes(position)) found.push(position)
  }
  return found
}
