import type { CampaignPage } from '../../../db/campaign-pages.ts'
import type { ReviewQuality } from '../../../domain/review-quality.ts'
import { campaignsText, onSilenceText, campaignText as words } from '../../text/reviews.ts'
import type { Fact } from '../facts.tsx'

/** What stands of a review, line by line; what has not happened yet is left out. */
export function campaignFacts(c: CampaignPage, quality: ReviewQuality | null): Fact[] {
  const { facts } = words
  const ticket = c.ticket && words.ticketOf(c.ticket, c.ticketOn ?? '', c.ticketedBy ?? '')
  const lines: [string, string | null][] = [
    [facts.about, campaignsText.kind(c.kind, c.vigencia, c.cause)],
    [facts.opened, words.at(c.openedAt, c.openedBy ?? words.byCalendar)],
    [facts.due, c.dueOn && words.term(c.workingDays, c.dueOn)],
    [facts.onSilence, onSilenceText[c.onSilence]],
    [facts.unassigned, c.unassigned > 0 ? words.unassignedOf(c.unassigned) : null],
    [facts.left, c.left > 0 ? words.leftOf(c.left) : null],
    [facts.closed, c.closedAt && words.at(c.closedAt, c.closedBy ?? words.byTerm)],
    [facts.answered, campaignsText.ofCases(c.answered, c.cases)],
    [facts.quality, quality ? words.quality(quality) : c.answered > 0 ? words.noQuality : null],
    [facts.qualityHow, quality && words.qualityHow],
    [facts.counts, c.closedAt && words.counts(c)],
    [facts.ticket, ticket ?? (c.closedAt ? words.noTicket : null)],
    [facts.evidence, c.evidenceHash],
  ]
  return lines.filter((line): line is [string, string] => line[1] !== null)
}
