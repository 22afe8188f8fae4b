import { BodyLong, Heading, Radio, RadioGroup, Tag, Textarea, VStack } from '@navikt/ds-react'
import { useRef } from 'react'
import type { ReviewCard as Card } from '../../../db/review-pages.ts'
import { REVIEW_VERDICTS } from '../../../domain/campaigns.ts'
import type { ReviewAnswer } from '../../pages/review.server.ts'
import { accessText } from '../../text/access.ts'
import { reviewVerdictText, reviewText as words } from '../../text/reviews.ts'
import { type Fact, Facts } from '../facts.tsx'
import { errorOf } from '../form-errors.tsx'
import { NativeField } from '../native-field.tsx'

interface Props {
  card: Card
  answer: ReviewAnswer | undefined
  isOwn: boolean
  mayAnswer: boolean
}

/** One access with what a reviewer weighs (C8) and their answer. */
export function ReviewCard({ card, isOwn, mayAnswer, ...rest }: Props) {
  return (
    <section className="card" aria-labelledby={`t.${card.id}`} data-review-card={card.id}>
      <VStack gap="space-16">
        <div>
          <Heading level="2" size="small" id={`t.${card.id}`}>
            {words.card(card.personName, card.code)}
          </Heading>
          {card.position && card.position !== card.personName && <span className="quiet">{card.position}</span>}{' '}
          {card.isUnused && (
            <Tag size="small" data-color="warning">
              {words.unused}
            </Tag>
          )}
        </div>
        <Facts facts={factsOf(card)} layout="fact-grid" />
        {mayAnswer && (isOwn ? <BodyLong>{words.own}</BodyLong> : <Answer card={card} {...rest} />)}
      </VStack>
    </section>
  )
}

function factsOf(card: Card): Fact[] {
  const { facts } = words
  const lines: Fact[] = [
    [facts.point, `${card.pointName} · ${card.form}`],
    [facts.days, accessText.shortDays(card.startsOn, card.endsOn)],
    [facts.origin, words.origin(card.radicado, card.radicadoOn, card.askedBy)],
    [
      facts.granted,
      card.grantedBy && card.grantedAt ? words.grantedOf(card.grantedBy, card.grantedAt) : words.notGranted,
    ],
    [facts.lastUse, words.lastUseOn(card.lastUseOn)],
    [facts.captured, words.capturedOf(card.captured, card.capturedSince)],
    [facts.peers, words.peersOf(card.peers)],
    ...card.statements.map(({ body, at }): Fact => [facts.statement, words.statementOf(body, at)]),
  ]
  if (card.answer) lines.push([facts.answer, words.answerOf(card.answer.verdict, card.answer.by, card.answer.at)])
  return lines
}

function Answer({ card, answer }: Omit<Props, 'isOwn' | 'mayAnswer'>) {
  const field = (name: string) => ({
    id: `${name}.${card.id}`,
    name: `${name}.${card.id}`,
    defaultValue: answer?.values[`${name}.${card.id}`] ?? '',
    error: errorOf(answer?.errors, `${name}.${card.id}`),
  })
  const verdict = field('v')
  const change = useRef<HTMLDetailsElement>(null)
  const showChange = (chosen: string) => {
    if (chosen === 'modify' && change.current) change.current.open = true
  }
  return (
    <VStack gap="space-12">
      <input type="hidden" name={`n.${card.id}`} value={card.answer?.n ?? 0} />
      <input type="hidden" name={`t.${card.id}`} defaultValue={answer?.values[`t.${card.id}`] ?? ''} data-seen />
      <RadioGroup
        legend={words.verdict}
        size="small"
        name={verdict.name}
        id={verdict.id}
        error={verdict.error}
        defaultValue={verdict.defaultValue}
        onChange={showChange}
        className="choices-in-line"
      >
        {REVIEW_VERDICTS.map((code) => (
          <Radio key={code} value={code} data-verdict={code}>
            {reviewVerdictText[code]}
          </Radio>
        ))}
      </RadioGroup>
      <details ref={change} className="quiet-details" open={verdict.defaultValue === 'modify' || undefined}>
        <summary>{words.change}</summary>
        <NativeField {...field('h')} type="date" label={words.endsOn} />
      </details>
      <Textarea {...field('r')} label={card.isUnused ? words.reasonUnused : words.reason} minRows={2} maxLength={500} />
    </VStack>
  )
}
