/** How the documents of an entity look (features G1): what one version of a template holds, and what it may hold. */
import { z } from 'zod'
import { isStorable } from './storable.ts'

/** Typefaces that come with the product; in Word and on a page the nearest that every machine has. */
export const TYPEFACES = ['libertinus', 'computer_modern'] as const
export const PAPERS = ['a4', 'carta', 'oficio'] as const
export const MARGINS = ['normales', 'anchas', 'angostas'] as const
/** Points of the body of the text. */
export const TEXT_SIZES = ['10', '10.5', '11', '12'] as const

/** Every part may be left to the product. */
export interface ReportLook {
  /** Line above the entity's name; empty for none. */
  header: string
  /** Line at the foot of every page; empty for none. */
  footer: string
  /** Of titles, lines and links, as `#rrggbb`, dark enough on white and on `tint`. */
  colour: string
  /** Behind heads of tables and the facts of the report, as `#rrggbb`. */
  tint: string
  typeface: (typeof TYPEFACES)[number]
  /** Points. */
  textSize: number
  paper: (typeof PAPERS)[number]
  margins: (typeof MARGINS)[number]
  /** A page of its own for shield, entity and title. */
  cover: boolean
  /** The list of what follows. */
  contents: boolean
  /** Whether sections are numbered. */
  numbered: boolean
}

export const DEFAULT_LOOK: ReportLook = {
  ...{ header: '', footer: '', colour: '#004884', tint: '#f2f6fd', typeface: 'libertinus', textSize: 10.5 },
  ...{ paper: 'a4', margins: 'normales', cover: false, contents: true, numbered: true },
}

/** Which shield stands on the documents: the entity's as it is when they are made, one of the template's own, or none. */
export const SHIELDS = ['entity', 'own', 'none'] as const
export type Shield = (typeof SHIELDS)[number]

const colour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, 'not_a_colour')
  .transform((value) => value.toLowerCase())
const line = (letters: number) => z.string().trim().max(letters, 'too_long').refine(isStorable, 'bad_characters')
const choice = <const V extends readonly string[]>(values: V) => z.enum(values, 'not_a_choice')
const yes = choice(['si', 'no']).transform((value) => value === 'si')

const WHITE = '#ffffff'
/** To one (WCAG 1.4.3). */
const ENOUGH = 4.5

/** Whether titles in a colour can be read on white and on what stands behind them. */
export function isReadable(colour: string, tint: string): boolean {
  return contrast(colour, WHITE) >= ENOUGH && contrast(colour, tint) >= ENOUGH
}

export const reportLookInput = z
  .object({
    header: line(120),
    footer: line(160),
    colour: colour.refine((value) => contrast(value, WHITE) >= ENOUGH, 'colour_too_light'),
    tint: colour,
    typeface: choice(TYPEFACES),
    textSize: choice(TEXT_SIZES).transform(Number),
    paper: choice(PAPERS),
    margins: choice(MARGINS),
    ...{ cover: yes, contents: yes, numbered: yes },
  })
  .refine((look) => contrast(look.colour, look.tint) >= ENOUGH, { path: ['tint'], message: 'tint_too_dark' })

/** A version of a template as it is typed, which a sample can be made of. */
export const templateContentInput = z.intersection(
  reportLookInput,
  z.object({
    shield: choice(SHIELDS),
    readabilityTarget: z.coerce
      .number('not_a_target')
      .int('not_a_target')
      .min(0, 'not_a_target')
      .max(100, 'not_a_target'),
  }),
)
const name = z
  .string()
  .trim()
  .transform((typed) => typed.replaceAll(/\s+/g, ' '))
  .pipe(z.string().min(3, 'missing').max(80, 'too_long').refine(isStorable, 'bad_characters'))
/** The same under its name. */
export const templateInput = z.intersection(templateContentInput, z.object({ name }))
const template = z.uuid('not_found')
export const templateChoiceInput = z.object({ template })
export const templateUseInput = z.object({ template, retired: yes })

/** The fields of the form that say this look. */
export function lookFields(look: ReportLook): Record<keyof ReportLook, string> {
  const said = (value: boolean) => (value ? 'si' : 'no')
  const { cover, contents, numbered, textSize, ...words } = look
  return {
    ...{ ...words, textSize: String(textSize) },
    ...{ cover: said(cover), contents: said(contents), numbered: said(numbered) },
  }
}

/** A stored look as it is read today: what did not exist when it was stored is as the product has it. */
export function lookOf(stored: unknown): ReportLook {
  return { ...DEFAULT_LOOK, ...(stored as Partial<ReportLook>) }
}

/** Contrast of two colours `#rrggbb`, 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
