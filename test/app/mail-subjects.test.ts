import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runActMail, runMail } from '../../app/text/control-mail.ts'
import { unissuedReportMail } from '../../app/text/disclosure-mail.ts'
import { type GrantMailFacts, grantMail } from '../../app/text/grant-mail.ts'
import { importMail } from '../../app/text/import-mail.ts'
import { type MailWords, noticeMail } from '../../app/text/mail.ts'
import { mentionMail } from '../../app/text/mention-mail.ts'
import { proposalAnsweredMail, proposalMail } from '../../app/text/proposal-mail.ts'
import { type ReviewMailFacts, reviewMail } from '../../app/text/review-mail.ts'
import { summaryMail } from '../../app/text/summary-mail.ts'
import { TOLD_OF, type ToldStatus } from '../../domain/grants.ts'

/** What somebody could have typed, wherever a mail holds words that are neither a code nor a day. */
const TYPED = 'Ana María Pérez Gómez'
const DAY = '2026-11-27'
const NOTICES = ['reminder-3', 'expiry', 'overdue-7'] as const
const KINDS = ['reminder', 'expiry', 'overdue'] as const
const TOLD = ['in_charge', 'substitute', 'superior', 'vacancy'] as const
const REVIEWS = ['to_review', 'reminder', 'escalation', 'under_review', 'goes_on', 'ends_earlier', 'closed'] as const

const all = <A, B>(some: readonly A[], others: readonly B[]): [A, B][] =>
  some.flatMap((one) => others.map((other) => [one, other] satisfies [A, B]))

const steps = { stepCode: '3', stepTitle: TYPED, vigencia: 2026, dueDate: DAY, catchesUp: 0, dutyName: TYPED }
const run = { control: 'C-001', risk: 'R-001' }
const access = { code: 'AD-2026-0001', startsOn: DAY, endsOn: DAY }
const review = { code: 'RA-2026-0001', dueOn: DAY, n: 2, access: 'AD-2026-0001', cause: null }
/** The name of an organismo is public, and stands on every page of the results. */
const results = { agency: 'Secretaría de Salud', vigencia: 2026, dueDate: DAY, isRead: false, catchesUp: 0 }

/** Every mail whose subject is told beside a history: each kind of the ledger of notices, and what leads to a page of the subject. */
const TOLD_BESIDE: Record<string, () => MailWords[]> = {
  noticeMail: () => all(NOTICES, TOLD).map(([code, told]) => noticeMail({ ...steps, code, told })),
  summaryMail: () =>
    all([...NOTICES, 'delivery', 'by_hand'], ['head', 'superior', 'vacancy'] as const).map(([kind, told]) =>
      summaryMail({ ...results, kind, told }),
    ),
  grantMail: () =>
    all([...(Object.keys(TOLD_OF) as ToldStatus[]), 'ending'] as const, ['grantee', 'heads', 'granters'] as const).map(
      ([about, who]: [GrantMailFacts['about'], GrantMailFacts['who']]) => grantMail({ ...access, about, who }),
    ),
  reviewMail: () => REVIEWS.map((kind: ReviewMailFacts['kind']) => reviewMail({ ...review, kind })),
  runMail: () => all(KINDS, TOLD).map(([kind, told]) => runMail({ ...run, told, kind, dueOn: DAY })),
  runActMail: () =>
    all(['executed', 'omitted', 'rejected'] as const, TOLD).map(([status, told]) =>
      runActMail({ ...run, told, status }),
    ),
  mentionMail: () => [mentionMail('3')],
  proposalMail: () => [proposalMail()],
  proposalAnsweredMail: () => (['accepted', 'declined'] as const).map(proposalAnsweredMail),
  importMail: () => [importMail('failed'), importMail({ rows: 2, rejects: 1 })],
  unissuedReportMail: () => [unissuedReportMail()],
}

const sources = ['app', 'activities', 'db'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('migrations'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
)

describe('the subject of a mail that a history tells of', () => {
  it.each(Object.keys(TOLD_BESIDE))('holds nothing that somebody typed: %s', (kind) => {
    const mails = TOLD_BESIDE[kind]?.() ?? []
    expect(mails.length).toBeGreaterThan(0)
    for (const { subject } of mails) for (const word of TYPED.split(' ')) expect(subject).not.toContain(word)
  })

  it('is one of those above, whoever writes it', () => {
    const telling = sources.filter((text) => /\btoldBeside\(|isBeside: true|noticeId: notice\.id/.test(text))
    const imported = telling.flatMap((text) => [...text.matchAll(/import \{([^}]*)\} from '[^']*\/text\/[^']*'/g)])
    const names = imported.flatMap(([, list]) => (list ?? '').split(',').map((name) => name.trim()))
    const words = names.filter((name) => /^\w+Mail$/.test(name))
    expect([...new Set(words)].sort()).toEqual(Object.keys(TOLD_BESIDE).sort())
  })
})
