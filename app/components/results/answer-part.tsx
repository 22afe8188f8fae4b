import { Alert, BodyLong, Button, VStack } from '@navikt/ds-react'
import { Form, Link, useNavigation } from '@remix-run/react'
import type { HeadAct, SummaryActs } from '../../../db/summary-pages.ts'
import { answerText, readingText, summaryText as words } from '../../text/results.ts'
import { DataTable } from '../data-table.tsx'
import { Facts } from '../facts.tsx'
import { Section } from '../section.tsx'
import { type AnswerBack, AnswerForm } from './answer-form.tsx'

type Told<A> = Omit<A, 'at'> & { at: Date | string }

interface Props {
  page: {
    summary: { id: string; sha256: string; agencyName: string; state: string }
    acts: {
      reading: Told<HeadAct> | null
      answer: Told<NonNullable<SummaryActs['answer']>> | null
    }
    heads: string[]
    mayAnswer: boolean
    isPublic: boolean
    positions: { id: string; name: string }[]
  }
  answer: AnswerBack | undefined
}

/** What the dependencia confirmed and answered, and the forms of whoever still has to. */
export function AnswerPart({ page, answer }: Props) {
  const { acts, isPublic, mayAnswer, positions } = page
  return (
    <>
      <Section id="lectura" title={readingText.title}>
        <VStack gap="space-16">
          {answer?.refusal && (
            <Alert variant="warning" role="alert">
              {answer.refusal}
            </Alert>
          )}
          <Reading page={page} />
        </VStack>
      </Section>
      <Section id="respuesta" title={answerText.title}>
        {acts.answer ? (
          <Answered answer={acts.answer} />
        ) : mayAnswer && isPublic && acts.reading ? (
          <AnswerForm {...{ positions, answer }} />
        ) : (
          <BodyLong className="reading">{mayAnswer && isPublic ? readingText.first : whoAnswers(page)}</BodyLong>
        )}
      </Section>
    </>
  )
}

function whoAnswers({ heads, isPublic }: Props['page']): string {
  if (!isPublic) return words.withdrawn
  return heads.length === 0 ? words.noHead : words.whoAnswers(heads.join(', '))
}

function Reading({ page }: { page: Props['page'] }) {
  const { summary, acts, mayAnswer, isPublic } = page
  const busy = useNavigation().formData?.get('intent') === 'leido'
  if (acts.reading) return <Receipt of={acts.reading} sentence={readingText.done} />
  if (!mayAnswer || !isPublic) return <BodyLong className="reading">{whoAnswers(page)}</BodyLong>
  return (
    <Form method="post">
      <input type="hidden" name="contenido" value={summary.sha256} />
      <VStack gap="space-16" className="reading">
        <BodyLong>{readingText.statement(summary.agencyName)}</BodyLong>
        <div>
          <Button type="submit" name="intent" value="leido" loading={busy}>
            {readingText.submit}
          </Button>
        </div>
      </VStack>
    </Form>
  )
}

function Receipt({ of, sentence }: { of: Told<HeadAct>; sentence: (by: string, at: Date | string) => string }) {
  const { personName, positionName, at, receiptCode } = of
  const who = personName === positionName ? positionName : `${positionName} (${personName})`
  const code = (
    <Link to={`/verificar/${receiptCode}`} aria-label={readingText.verify(receiptCode)}>
      <code>{receiptCode}</code>
    </Link>
  )
  return (
    <div className="reading">
      <BodyLong spacing>{sentence(who, at)}</BodyLong>
      <Facts facts={[[readingText.receipt, code]]} />
    </div>
  )
}

function Answered({ answer }: { answer: NonNullable<Props['page']['acts']['answer']> }) {
  const { commitments, nothingReason } = answer
  const { columns } = answerText
  return (
    <VStack gap="space-16">
      <Receipt of={answer} sentence={answerText.answered} />
      {nothingReason !== null && (
        <div className="reading">
          <BodyLong>{answerText.nothing}</BodyLong>
          <BodyLong className="typed">{nothingReason}</BodyLong>
        </div>
      )}
      {commitments.length > 0 && (
        <DataTable
          caption={answerText.caption}
          rows={commitments}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'what',
              header: columns.what,
              rowHeader: true,
              cell: ({ what }) => <span className="typed">{what}</span>,
            },
            { key: 'owner', header: columns.owner, cell: ({ position }) => position },
            { key: 'due', header: columns.due, cell: ({ dueDate }) => answerText.dueDay(dueDate) },
            {
              key: 'action',
              header: columns.action,
              cell: ({ actionCode }) => (
                <Link className="row-link" to={`/mejora/${actionCode}`}>
                  {actionCode}
                </Link>
              ),
            },
          ]}
        />
      )}
    </VStack>
  )
}
