import type { ListCode } from '../../../domain/lists.ts'
import { ACCESS_LISTINGS } from './access.server.ts'
import { ADMINISTRATION_LISTINGS } from './administration.server.ts'
import { AUDIT_LISTINGS } from './audit.server.ts'
import { DATA_LISTINGS } from './data.server.ts'
import { DISPOSAL_LISTINGS } from './disposal.server.ts'
import { FOLLOWING_LISTINGS } from './following.server.ts'
import { HISTORY_LISTINGS } from './histories.server.ts'
import type { OpenListing } from './listing.server.ts'
import { READING_LISTINGS } from './readings.server.ts'
import { CHECK_LISTINGS } from './risk-checks.server.ts'
import { RISK_YEAR_LISTINGS } from './risk-year.server.ts'
import { RISK_LISTINGS } from './risks.server.ts'
import { WORK_LISTINGS } from './work.server.ts'

/** Every list that is taken away as a file, read as its page reads it. */
export const LISTINGS: Record<ListCode, OpenListing> = {
  ...WORK_LISTINGS,
  ...HISTORY_LISTINGS,
  ...DATA_LISTINGS,
  ...ACCESS_LISTINGS,
  ...READING_LISTINGS,
  ...FOLLOWING_LISTINGS,
  ...RISK_LISTINGS,
  ...RISK_YEAR_LISTINGS,
  ...CHECK_LISTINGS,
  ...ADMINISTRATION_LISTINGS,
  ...AUDIT_LISTINGS,
  ...DISPOSAL_LISTINGS,
}
