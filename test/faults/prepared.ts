import type { Answer } from '../support/http.ts'

export interface StoredAct {
  id: string
  status: string
  reason_code: string | null
}

/** An act that is possible now, and what must hold of its subject once it was sent. */
export interface Prepared {
  send: () => Promise<Answer>
  /** Whether the page acknowledged it. */
  isReceipt: (answer: Answer) => boolean
  /** The acts of this kind on its subject. */
  acts: () => Promise<StoredAct[]>
  /** Workflow and rows agree, and the act that comes next goes through at once. `isStored`: anything of it was kept. */
  goesOn: (isStored: boolean) => Promise<void>
}
