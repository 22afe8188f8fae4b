import { v5, v7 } from 'uuid'

/** Time-ordered identifier made by the application (model.md §5). */
export function newId(): string {
  return v7()
}

const NAMESPACE = '6f0f2a52-5a0e-5d5b-9a43-5d1b8a5a6b10'

/** Deterministic identifier of something named by its parts, for example a decision (model.md §3). */
export function idOf(...parts: (string | number)[]): string {
  return v5(parts.join('\u001f'), NAMESPACE)
}
