import { BodyLong, Button, VStack } from '@navikt/ds-react'
import { Form } from '@remix-run/react'
import type { RightsContent } from '../../../domain/rights-inputs.ts'
import { formatInstant } from '../../text/format.ts'
import { requestText as words } from '../../text/rights.ts'
import { type Fact, Facts } from '../facts.tsx'
import { Section } from '../section.tsx'

interface Opened {
  content: RightsContent | null
  texts: { kind: string; writtenAt: Date; text: string }[]
}

/** What a citizen typed: shown when it is asked for, and gone with the page. */
export function OpenedData({ opened }: { opened: Opened | undefined }) {
  return (
    <Section id="datos" title={words.dataTitle}>
      <VStack gap="space-16" className="reading">
        {opened ? (
          <Shown opened={opened} />
        ) : (
          <>
            <BodyLong>{words.dataIntro}</BodyLong>
            <Form method="post">
              <input type="hidden" name="formulario" value="ver" />
              <Button type="submit" variant="secondary">
                {words.openData}
              </Button>
            </Form>
          </>
        )}
      </VStack>
    </Section>
  )
}

function Shown({ opened: { content, texts } }: { opened: Opened }) {
  if (!content) return <BodyLong>{words.forgotten}</BodyLong>
  return (
    <>
      <Facts facts={factsOf(content)} />
      {texts.map(({ kind, writtenAt, text }) => (
        <div key={`${kind} ${writtenAt.toISOString()}`}>
          <strong>{words.texts[kind]}</strong> <span className="quiet">{formatInstant(writtenAt)}</span>
          <p className="typed">{text}</p>
        </div>
      ))}
    </>
  )
}

function factsOf(content: RightsContent): Fact[] {
  const person = (name: string, type: string, number: string) => `${name} · ${type} ${number}`
  const { data } = words
  return [
    [data.holder, person(content.holderName, content.holderDocumentType, content.holderDocument)],
    [data.requester, person(content.requesterName, content.requesterDocumentType, content.requesterDocument)],
    [data.email, content.email || words.none],
    [data.phone, content.phone || words.none],
    [data.address, content.address || words.none],
    [
      data.facts,
      <span key="facts" className="typed">
        {content.facts || words.none}
      </span>,
    ],
  ]
}
