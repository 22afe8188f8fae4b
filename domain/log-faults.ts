/** What may be wrong with a sealed log (promises §4.4). `n`: place in the tree, from 0; ranges are numbers of events. */
export type LogFault =
  | { code: 'leaf_missing'; n: number }
  | { code: 'event_missing' | 'event_changed' | 'out_of_order' | 'held_leaf_differs'; n: number; eventId: string }
  | { code: 'event_unsealed'; eventId: string }
  | { code: 'root_differs' | 'held_root_differs' | 'tail_cut'; from: number; to: number }
  | { code: 'note_differs'; to: number }
  | { code: 'note_unsigned'; to: number; reason: 'malformed' | 'unknown_key' | 'bad_signature' }

/** Who gets the checkpoint of each day by mail: out of the reach of whoever runs the server. */
export const LOG_TOLD_DUTIES = ['control_interno']

/** Leaves of consecutive events that somebody kept outside, in hexadecimal, from the place `from` on. */
export interface HeldLeaves {
  from: number
  leaves: string[]
}
