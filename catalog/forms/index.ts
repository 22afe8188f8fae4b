/** Step forms by step and version. A released version never changes: a step keeps the one it was opened with (A6). */
import type { FormDefinition, FormGroup, FormUpgrade, UpgradeStep } from '../../domain/forms.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { step1 } from './step-1.ts'
import { step2 } from './step-2.ts'
import { step3 } from './step-3.ts'
import { step3v2, step3v2Upgrade } from './step-3-v2.ts'
import { step4 } from './step-4.ts'
import { step5 } from './step-5.ts'
import { step6 } from './step-6.ts'
import { step6v2, step6v2Upgrade } from './step-6-v2.ts'
import { step7 } from './step-7.ts'

export const FORMS: readonly FormDefinition[] = [step1, step2, step3, step3v2, step4, step5, step6, step6v2, step7]

/** The way from each version to the next, one for each version after the first. */
export const FORM_UPGRADES: readonly FormUpgrade[] = [step3v2Upgrade, step6v2Upgrade]

/** The version a step of a new cycle is opened with. */
export function newestForm(stepCode: StepCode): FormDefinition {
  const own = FORMS.filter((form) => form.stepCode === stepCode)
  return own.reduce((newest, form) => (form.version > newest.version ? form : newest))
}

/** The newest where no version is given. Throws when that version was never shipped. */
export function formDefinition(stepCode: StepCode, version: number = newestForm(stepCode).version): FormDefinition {
  const found = FORMS.find((form) => form.stepCode === stepCode && form.version === version)
  if (!found) throw new Error(`catalog has no form for step ${stepCode} v${version}`)
  return found
}

/** Every group a step's form ever had, in its newest words: observations are filed under a group, whatever the version. */
export function formGroups(stepCode: StepCode): FormGroup[] {
  const own = FORMS.filter((form) => form.stepCode === stepCode).sort((a, b) => b.version - a.version)
  const groups = own.flatMap((form) => form.groups)
  return groups.filter((group, i) => groups.findIndex((other) => other.code === group.code) === i)
}

/** The way from one version to a later one, version by version; empty between a version and itself. */
export function formChain(stepCode: StepCode, from: number, to: number = newestForm(stepCode).version): UpgradeStep[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => {
    const upgrade = FORM_UPGRADES.find((one) => one.stepCode === stepCode && one.from === from + i)
    if (!upgrade) throw new Error(`catalog has no way from form v${from + i} of step ${stepCode} to the next`)
    return {
      before: formDefinition(stepCode, from + i),
      after: formDefinition(stepCode, from + i + 1),
      moves: upgrade.moves,
    }
  })
}

/** Forms with a field in which personal data may stand, as `step:version`. */
export function confidentialForms(): string[] {
  const isConfidential = ({ groups }: FormDefinition) =>
    groups.some(({ fields }) => fields.some((field) => 'sensitiveText' in field && field.sensitiveText))
  return FORMS.filter(isConfidential).map(({ stepCode, version }) => `${stepCode}:${version}`)
}
