import { Alert, Button, Heading, HStack, Textarea, VStack } from '@navikt/ds-react'
import { Form, Link } from '@remix-run/react'
import type { ProposalStatus } from '../../../domain/proposals.ts'
import { proposalsText as text } from '../../text/proposals.ts'
import { type DiffBlock, DiffBlockView } from '../step/diff-block.tsx'

export interface ShownProposal {
  id: string
  by: string
  proposedAt: Date | string
  reason: string
  /** From what the section says now to what is proposed. */
  blocks: DiffBlock[]
  html: string
  /** Whether the section is not any more what it was when this was proposed. */
  isMoved: boolean
  mayAnswer: boolean
  mayWithdraw: boolean
}

export interface AnsweredProposal {
  id: string
  by: string
  proposedAt: Date | string
  reason: string
  status: Exclude<ProposalStatus, 'open'>
  answeredBy: string
  answeredAt: Date | string
  answer: string | null
}

interface Props {
  open: ShownProposal[]
  answered: AnsweredProposal[]
  /** Null for whoever may propose a change now. */
  whyNotPropose: string | null
  isWaiting: boolean
  /** Of the words of the section as they are shown here. */
  base: string
  /** Address of the section's page. */
  address: string
  wrong?: { id: string; message: string; typed: string }
}

/** Changes proposed to a section, each against what it says now, with the buttons that answer it. */
export function Proposals({ open, answered, whyNotPropose, isWaiting, base, address, wrong }: Props) {
  const mayPropose = whyNotPropose === null
  if (open.length + answered.length === 0 && !mayPropose) return null
  return (
    <section className="card" aria-labelledby="propuestas">
      <HStack gap="space-16" justify="space-between" align="center" wrap>
        <Heading level="2" size="xsmall" id="propuestas">
          {text.title}
        </Heading>
        {mayPropose && (
          <Button as={Link} to={`${address}/propuesta`} size="small" variant="secondary">
            {text.propose}
          </Button>
        )}
      </HStack>
      <p className="quiet">{stateOf(open.length, answered.length, isWaiting)}</p>
      <VStack gap="space-24">
        {open.map((one) => (
          <Open key={one.id} proposal={one} base={base} wrong={wrong?.id === one.id ? wrong : undefined} />
        ))}
      </VStack>
      {answered.length > 0 && <Answered proposals={answered} />}
    </section>
  )
}

function stateOf(open: number, answered: number, isWaiting: boolean): string {
  if (open === 0) return answered > 0 ? text.noneOpen : text.none
  return isWaiting ? `${text.open(open)} ${text.whyWaits}` : text.open(open)
}

function Open({ proposal, base, wrong }: { proposal: ShownProposal; base: string; wrong: Props['wrong'] }) {
  const { id, by, proposedAt, reason, blocks, html, isMoved, mayAnswer, mayWithdraw } = proposal
  const hasWords = blocks.some(({ kind }) => kind !== 'same')
  return (
    <article id={id} aria-labelledby={`de-${id}`} className="proposal">
      <p id={`de-${id}`}>
        <strong>{text.by(by, proposedAt)}</strong>
      </p>
      <p className="typed">{reason}</p>
      {isMoved && (
        <Alert variant="warning" size="small">
          {text.changed}
        </Alert>
      )}
      {hasWords ? <Changed blocks={blocks} /> : <p className="quiet">{text.format}</p>}
      <details>
        <summary>{text.whole}</summary>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made by documents/rich-html.ts, every text escaped */}
        <div className="rich" dangerouslySetInnerHTML={{ __html: html }} />
      </details>
      {mayAnswer && <Answers id={id} base={base} wrong={wrong} />}
      {mayWithdraw && (
        <Form method="post">
          <input type="hidden" name="propuesta" value={id} />
          <Button type="submit" size="small" variant="tertiary" name="intent" value="retirar-propuesta">
            {text.withdraw}
          </Button>
        </Form>
      )}
    </article>
  )
}

/** What differs, with a line before and after it: a long section is not read again for a word. */
function Changed({ blocks }: { blocks: DiffBlock[] }) {
  const isNear = (i: number) => blocks.slice(Math.max(0, i - 1), i + 2).some(({ kind }) => kind !== 'same')
  return (
    <>
      {blocks.map((block, i) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no name but their place
        isNear(i) ? <DiffBlockView key={i} block={block} /> : null,
      )}
    </>
  )
}

function Answers({ id, base, wrong }: { id: string; base: string; wrong: Props['wrong'] }) {
  return (
    <VStack gap="space-12" align="start">
      <Form method="post">
        <input type="hidden" name="propuesta" value={id} />
        <input type="hidden" name="base" value={base} />
        <p className="quiet">{text.acceptHelp}</p>
        <Button type="submit" size="small" name="intent" value="aceptar-propuesta">
          {text.accept}
        </Button>
      </Form>
      <details open={wrong !== undefined}>
        <summary>{text.decline}</summary>
        <Form method="post" noValidate>
          <VStack gap="space-12" align="start">
            <input type="hidden" name="propuesta" value={id} />
            <Textarea
              id={`motivo-${id}`}
              name="motivo"
              label={text.declineReason}
              defaultValue={wrong?.typed}
              error={wrong?.message}
              minRows={2}
              size="small"
            />
            <Button type="submit" size="small" variant="secondary" name="intent" value="no-aceptar-propuesta">
              {text.declineSend}
            </Button>
          </VStack>
        </Form>
      </details>
    </VStack>
  )
}

function Answered({ proposals }: { proposals: AnsweredProposal[] }) {
  return (
    <details>
      <summary>{text.answeredCount(proposals.length)}</summary>
      <ul className="comments">
        {proposals.map(({ id, by, proposedAt, reason, status, answeredBy, answeredAt, answer }) => (
          <li key={id} id={id}>
            <p className="quiet">{text.by(by, proposedAt)}</p>
            <p className="typed">{reason}</p>
            <p>{text.answered(status, answeredBy, answeredAt)}</p>
            {answer && <p className="typed">{answer}</p>}
          </li>
        ))}
      </ul>
    </details>
  )
}
