import { expect, it } from 'vitest'
import { differenceOf, rowsToExplain, type Violation } from '../../domain/controls.ts'

const row = (reason: string, difference: string): Violation => ({
  ...{ kind: 'none', id: '', place: null, label: '', reason },
  facts: { table: 'cycle', difference },
})

it('what happened is explained, what only stands is put right', () => {
  const happened = row('history_missing', 'history_missing cycle:1')
  expect(differenceOf('history_differs', happened)).toBe('history_missing cycle:1')
  for (const reason of ['ended_early', 'never_ended', 'history_unread'])
    expect(differenceOf('history_differs', row(reason, 'x')), reason).toBeNull()
  expect(differenceOf('write_without_event', row('not_watched', 'table cycle'))).toBeNull()
  expect(differenceOf('backup_restorable', happened)).toBeNull()
})

it('one explanation is for all rows of a difference and for no other', () => {
  const rows = [
    row('row_changed', 'transaction 7'),
    row('row_added', 'transaction 7'),
    row('row_added', 'transaction 8'),
  ]
  expect(rowsToExplain('write_without_event', rows, 'transaction 7')).toEqual(rows.slice(0, 2))
  expect(rowsToExplain('write_without_event', [row('not_watched', 'table cycle')], 'table cycle')).toEqual([])
})
