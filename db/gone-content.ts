/** Whether the content of a cycle went by an act of disposal, or is going: from its beginning on nobody relies on it (decision 0061). */
import { type RawBuilder, sql } from 'kysely'

/** Of the row of a disposal. */
export const takesContent = (disposal: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(`${disposal}.status`)} in ('running', 'done')`

/** Of a column that holds the id of a cycle. */
export const isContentGone = (cycleId: string): RawBuilder<boolean> =>
  sql<boolean>`exists (select from disposal gone where gone.cycle_id = ${sql.ref(cycleId)} and ${takesContent('gone')})`
