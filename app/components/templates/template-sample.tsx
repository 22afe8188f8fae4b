import { BodyLong, Heading, HStack } from '@navikt/ds-react'
import type { CSSProperties } from 'react'
import { templatesText as text } from '../../text/templates.ts'
import { Section } from '../section.tsx'

interface Props {
  /** `typeface`: fonts of the page, as CSS lists them; colours as `#rrggbb`. */
  sample: { html: string; colour: string; tint: string; typeface: string; query: string }
  name: string
}

const FILE = '/administracion/plantillas/muestra'

/** The first pages of the PDF and the page, as they come out with what is on the form. */
export function TemplateSample({ sample: { html, colour, tint, typeface, query }, name }: Props) {
  const style = { '--accent': colour, '--tint': tint, fontFamily: typeface } as CSSProperties
  return (
    <Section id="muestra" title={text.sampleTitle}>
      <BodyLong className="quiet">{text.sampleHelp}</BodyLong>
      <HStack gap="space-16" align="center" wrap as="p" className="links">
        <span>{text.sampleFiles}</span>
        {Object.entries(text.formats).map(([format, label]) => (
          <a key={format} href={`${FILE}/${format}?${query}`} download>
            {label}
          </a>
        ))}
      </HStack>
      <div className="template-sample">
        <div>
          <Heading level="3" size="xsmall" id="muestra-pdf" spacing>
            {text.samplePdf}
          </Heading>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className="template-pages" aria-labelledby="muestra-pdf" tabIndex={0}>
            <img src={`${FILE}/svg?${query}`} alt={text.sampleAlt(name)} loading="lazy" />
          </section>
        </div>
        <div>
          <Heading level="3" size="xsmall" id="muestra-pagina" spacing>
            {text.sampleHtml}
          </Heading>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className="template-pages" aria-labelledby="muestra-pagina" tabIndex={0}>
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made by documents/report-html.ts, every text escaped */}
            <article className="report-page template-html" style={style} dangerouslySetInnerHTML={{ __html: html }} />
          </section>
        </div>
      </div>
    </Section>
  )
}
