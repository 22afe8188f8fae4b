import { savingText } from '../../text/steps.ts'
import type { SaveState } from '../use-saving.ts'

interface Props {
  state: SaveState
  /** How the draft stood when the page was made. */
  saved: { at: string; by: string; mine: boolean } | null
  /** What there is to do about a conflict, where it is not to compare two versions. */
  conflict?: string
}

/** «Guardado 10:42», read aloud when it changes to something the person has to know. */
export function SaveStatus({ state, saved, conflict }: Props) {
  return (
    <p className={isFault(state) ? 'save-status save-status--fault' : 'save-status'} role="status">
      {state.kind === 'conflict' && conflict ? conflict : sentence(state, saved)}
    </p>
  )
}

function isFault({ kind }: SaveState): boolean {
  return ['offline', 'invalid', 'signed_out', 'conflict', 'refused'].includes(kind)
}

function sentence(state: SaveState, saved: Props['saved']): string {
  switch (state.kind) {
    case 'idle':
      if (!saved) return savingText.never
      return saved.mine ? savingText.saved(saved.at) : savingText.savedBy(saved.at, saved.by)
    case 'saved':
      return savingText.saved(state.at)
    case 'signed_out':
      return savingText.signedOut
    case 'refused':
      return savingText.refused(state.sentence)
    default:
      return savingText[state.kind]
  }
}
