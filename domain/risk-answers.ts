/** Whether what is said of a risk agrees with itself: the harm it names with how it is rated, and what makes it one of corruption (domain facts §2.3, §2.9, §2.11). */
import { type Objection, objection } from './refusals.ts'
import type { Methodology } from './risk-methodology.ts'
import type { RiskAnswers } from './risks.ts'

export const HARMS = ['economic', 'reputational'] as const
export type Harm = (typeof HARMS)[number]

/** What is rated of each kind of harm, by its code. */
const RATED: Record<string, readonly Harm[]> = {
  economica: ['economic'],
  reputacional: ['reputational'],
  ambas: HARMS,
}

/** Null where no harm is named, as of an asset. */
export const harmsNamed = (area: string): readonly Harm[] | null => RATED[area] ?? null

/** `missing`: it is named and not rated. `beyond`: it is rated and not named. */
export interface HarmFault {
  harm: Harm
  fault: 'missing' | 'beyond'
}

/** Where the harm that is named and the impacts that are rated differ; nowhere while no harm is named, as of an asset. */
export function harmFaults(
  { questions }: Pick<Methodology, 'questions'>,
  answers: Pick<RiskAnswers, 'area' | Harm>,
): HarmFault[] {
  const named = harmsNamed(answers.area)
  if (!named || questions.length > 0) return []
  return HARMS.flatMap((harm): HarmFault[] => {
    const isRated = answers[harm] !== ''
    if (isRated === named.includes(harm)) return []
    return [{ harm, fault: isRated ? 'beyond' : 'missing' }]
  })
}

/** Whether any impact is rated, or any question answered yes. */
export function isImpactSaid(
  { questions }: Pick<Methodology, 'questions'>,
  { economic, reputational, yes }: Pick<RiskAnswers, Harm | 'yes'>,
): boolean {
  return questions.length > 0 ? yes.length > 0 : economic !== '' || reputational !== ''
}

const WITHOUT_DEFINITION = ['gestion', 'integridad']

/** Whether a risk that lacks a part of the definition of corruption may be one of this typology instead, by its code (domain facts §2.11). */
export const isOtherwise = (typology: string): boolean => WITHOUT_DEFINITION.includes(typology)

/** Why answers that no form of ours leaves are not taken; null where they are. */
export function objectionToAnswers(
  methodology: Methodology,
  answers: Pick<RiskAnswers, 'area' | Harm | 'yes' | 'definition'>,
): Objection | null {
  const { questions, definition = [] } = methodology
  if (answers.yes.some((code) => questions.every((one) => one.code !== code))) return objection('out_of_date')
  if (definition.some(({ code }) => !answers.definition?.includes(code))) return objection('not_corruption')
  return harmFaults(methodology, answers).length > 0 ? objection('harm_contradicted') : null
}
