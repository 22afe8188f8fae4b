/** Ids of the fields of a comment: an answer of the server names the one it is about. */
export const commentFields = {
  new: 'comentario',
  reply: (id: string) => `responder-${id}`,
  correction: (id: string) => `corregir-${id}`,
  file: (id: string) => `archivo-${id}`,
}

/** What was wrong with the last comment, and what was typed. */
export interface WrongComment {
  at: string
  message?: string | undefined
  typed: string
}

/** What a field shows of it: nothing where another field is meant. */
export function wrongAt(wrong: WrongComment | undefined, at: string): { error?: string; typed?: string } {
  if (wrong?.at !== at) return {}
  return { ...(wrong.message !== undefined && { error: wrong.message }), typed: wrong.typed }
}
