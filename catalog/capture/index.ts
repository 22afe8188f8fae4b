/** The capture forms that the product ships, by code and version: a record names the version it was captured with. */
import type { CaptureDefinition } from '../../domain/capture-forms.ts'
import type { CaptureForm } from '../../domain/grants.ts'
import { F004 } from './f004.ts'
import { F006 } from './f006.ts'

export const CAPTURE_DEFINITIONS: readonly CaptureDefinition[] = [F004, F006]

/** The definition in use. */
export function captureDefinition(form: CaptureForm): CaptureDefinition {
  return captureDefinitionAt(
    form,
    Math.max(...CAPTURE_DEFINITIONS.filter(({ code }) => code === form).map((one) => one.version)),
  )
}

/** The definition a record was captured with. Throws where the catalogue has it no more. */
export function captureDefinitionAt(form: CaptureForm, version: number): CaptureDefinition {
  const found = CAPTURE_DEFINITIONS.find((one) => one.code === form && one.version === version)
  if (!found) throw new Error(`no form ${form} version ${version}`)
  return found
}
