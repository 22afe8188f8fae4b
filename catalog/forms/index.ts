/** Step forms by step and version; an attempt keeps the version it was created with. */
import type { FormDefinition } from '../../domain/forms.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { step1 } from './step-1.ts'
import { step2 } from './step-2.ts'
import { step3 } from './step-3.ts'
import { step4 } from './step-4.ts'
import { step5 } from './step-5.ts'
import { step6 } from './step-6.ts'
import { step7 } from './step-7.ts'

export const FORMS: readonly FormDefinition[] = [step1, step2, step3, step4, step5, step6, step7]

export const CURRENT_FORM_VERSION = 1

/** Throws when that version was never shipped. */
export function formDefinition(stepCode: StepCode, version: number = CURRENT_FORM_VERSION): FormDefinition {
  const found = FORMS.find((form) => form.stepCode === stepCode && form.version === version)
  if (!found) throw new Error(`catalog has no form for step ${stepCode} v${version}`)
  return found
}
