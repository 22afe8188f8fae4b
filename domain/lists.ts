/** Lists of the product as files (experience 58): which ones, in which formats, and how long one may be. */

/** Every list that has pages; the order is the one of the menu. */
export const LIST_CODES = [
  ...([
    'inbox',
    'cycles',
    'timeline',
    'ran_terms',
    'sent_notices',
    'sources',
    'tracking',
    'variables',
    'maps',
    'connections',
  ] as const),
  ...(['accesses', 'access_list_rows', 'access_indicators', 'absences', 'captured', 'rights'] as const),
  ...(['personal_readings', 'unusual_readings', 'campaigns', 'review_cases'] as const),
  ...(['actions', 'findings', 'results', 'agencies_answers', 'releases', 'risk_map'] as const),
  ...([
    'risk_zones',
    'risk_dues',
    'control_runs',
    'risk_reviews',
    'risk_events',
    'risk_indicators',
    'indicator_readings',
  ] as const),
  ...(['automatic_checks', 'automatic_check_runs', 'standing_checks', 'risk_imports'] as const),
  ...([
    'people',
    'tenures',
    'positions',
    'agencies',
    'mail',
    'changes',
    'incidents',
    'own_days',
    'procedures',
  ] as const),
  ...(['trail', 'checkpoints', 'samples', 'sample_items'] as const),
  ...(['ended_cycles', 'disposals', 'disposal_items', 'inventory', 'retention_rules'] as const),
] as const
export type ListCode = (typeof LIST_CODES)[number]

/** A spreadsheet in Spanish splits a CSV at semicolons, most programs at commas. */
export const LIST_FORMATS = ['csv', 'csv_semicolon', 'xlsx'] as const
export type ListFormat = (typeof LIST_FORMATS)[number]

/** Rows a file may have: it is made while the person waits, in one transaction and in memory. */
export const MAX_LISTED = 10_000

/** What stands in a cell: text, a count, or nothing. Days are `YYYY-MM-DD`. */
export type ListCell = string | number | null

export interface ListTable {
  /** Spanish name of the list; the sheet of a workbook is called so. */
  title: string
  header: string[]
  rows: ListCell[][]
}
