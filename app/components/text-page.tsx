import { BodyLong, Heading, VStack } from '@navikt/ds-react'
import type { TextSection } from '../text/public.ts'
import { Breadcrumbs } from './breadcrumbs.tsx'

interface Props {
  title: string
  intro: string
  sections: TextSection[]
}

/** A page that is read: headings and paragraphs. */
export function TextPage({ title, intro, sections }: Props) {
  return (
    <VStack gap="space-24" className="reading">
      <div>
        <Breadcrumbs home="/" crumbs={[{ label: title }]} />
        <Heading level="1" size="large">
          {title}
        </Heading>
      </div>
      <BodyLong size="large">{intro}</BodyLong>
      {sections.map((section) => (
        <section key={section.heading} id={section.id}>
          <Heading level="2" size="small" spacing>
            {section.heading}
          </Heading>
          {section.paragraphs.map((paragraph) => (
            <BodyLong key={paragraph} spacing>
              {paragraph}
            </BodyLong>
          ))}
        </section>
      ))}
    </VStack>
  )
}
