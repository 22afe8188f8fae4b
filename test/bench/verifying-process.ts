/** A whole verification in a process of its own: says how long it took, and the most memory it held. */
import process from 'node:process'
import { verifyLogs } from '../../scripts/verify.ts'
import { timed } from './figures.ts'
import type { Verified } from './verify.ts'

const [databaseUrl = '', secret = ''] = process.argv.slice(2)
let reports: Verified['reports'] = []
const milliseconds = await timed(async () => {
  reports = await verifyLogs({ databaseUrl, secret, files: [], keys: [] })
})
const verified: Verified = {
  ...{ seconds: milliseconds / 1_000, megabytes: process.resourceUsage().maxRSS / 1_024, reports },
}
process.send?.(verified, () => process.disconnect())
