/** What each step needs beyond its required fields: rules between rows, between steps, and with the cycle's sources. */
import {
  everyObjectiveRead,
  everyVariableCounted,
  figuresComputed,
  institutionalMail,
  nothingTooFine,
  recommendedAgenciesInformed,
  releasePrepared,
  repeatedTables,
  rulesReadable,
  segmentLevelReached,
  someCross,
} from './analysis-rules.ts'
import {
  categoriesStudied,
  droppedVariables,
  explainedChanges,
  repeatedValues,
  repeatedVariables,
  sensitiveVariables,
  someTechnique,
  somethingPrioritized,
  sourcesReady,
  techniquesApplied,
  variablesFound,
} from './collection-rules.ts'
import { type Rule, reversedPeriod } from './gaps.ts'
import type { StepCode } from './procedures.ts'
import { coverageRead, figuresStanding, numbersCurrent } from './report-rules.ts'

export const STEP_RULES: Record<StepCode, readonly Rule[]> = {
  '1': [(answers) => reversedPeriod(answers, 'alcance')],
  '2': [
    repeatedVariables,
    sensitiveVariables,
    droppedVariables,
    repeatedValues,
    explainedChanges,
    categoriesStudied,
    somethingPrioritized,
  ],
  '3': [someTechnique, techniquesApplied, sourcesReady, variablesFound],
  '4': [everyVariableCounted, someCross, rulesReadable, nothingTooFine, segmentLevelReached],
  '5': [everyObjectiveRead, figuresComputed],
  '6': [coverageRead, numbersCurrent, figuresStanding],
  '7': [
    releasePrepared,
    recommendedAgenciesInformed,
    institutionalMail,
    (answers) => reversedPeriod(answers, 'conjunto'),
    repeatedTables,
  ],
}
