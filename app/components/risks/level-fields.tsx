import { Alert, BodyLong, Button, HStack, Textarea, TextField } from '@navikt/ds-react'
import { useEffect } from 'react'
import {
  codesField,
  LEVEL_COUNT,
  type LevelChange,
  levelChangeOf,
  levelChangeText,
} from '../../../domain/methodology-levels.ts'
import type { Axis } from '../../../domain/risk-methodology.ts'
import type { LoadedMethodologyDraft } from '../../pages/methodology-draft.server.ts'
import { methodologyDraftText as words } from '../../text/methodologies.ts'
import type { Answer, FormField } from '../form-fields.tsx'
import { EnterShows } from '../rules/rule-fields.tsx'
import { FieldGroup } from './field-group.tsx'

interface Level {
  code: string
  /** As it was saved; of a new one, that it is new. */
  name: string
}

/** The levels of a scale as the form has them now, with those added to it and without those taken from it. */
export function typedLevels(draft: LoadedMethodologyDraft, field: FormField, axis: Axis): Level[] {
  const codes = field(codesField(axis)).defaultValue.split(' ')
  return codes.map((code) => draft.levels[axis].find((one) => one.code === code) ?? { code, name: words.newLevel })
}

interface ScaleProps {
  axis: Axis
  levels: Level[]
  from: LoadedMethodologyDraft['from'][Axis]
  field: FormField
}

/** A scale from its lowest level, each with what tells it apart and buttons to add one after it or take it away. */
export function ScaleFields({ axis, levels, from, field }: ScaleProps) {
  const codes = field(codesField(axis))
  return (
    <>
      <BodyLong>{words.levelsHelp(LEVEL_COUNT.least, LEVEL_COUNT.most)}</BodyLong>
      <input type="hidden" name={codes.name} value={codes.defaultValue} />
      {codes.error && (
        <Alert variant="error" id={codes.id} tabIndex={-1}>
          {codes.error}
        </Alert>
      )}
      {levels.length < LEVEL_COUNT.most && (
        <div>
          <Change change={{ kind: 'add', axis, at: 0 }}>{words.addFirst}</Change>
        </div>
      )}
      {levels.map((level, i) => (
        <FieldGroup key={level.code} legend={words.level(i + 1, level.name)}>
          <LevelFields field={field} at={`${axis}.${i}`} isFirst={i === 0} from={from} />
          <HStack gap="space-12" wrap className="plain-group__actions">
            {levels.length < LEVEL_COUNT.most && (
              <Change change={{ kind: 'add', axis, at: i + 1 }} name={words.addAfterNamed(level.name)}>
                {words.addAfter}
              </Change>
            )}
            {levels.length > LEVEL_COUNT.least && (
              <Change change={{ kind: 'remove', axis, at: i }} name={words.removeNamed(level.name)}>
                {words.remove}
              </Change>
            )}
          </HStack>
        </FieldGroup>
      ))}
    </>
  )
}

interface LevelProps {
  field: FormField
  at: string
  isFirst: boolean
  from: ScaleProps['from']
}

function LevelFields({ field, at, isFirst, from }: LevelProps) {
  return (
    <>
      <TextField {...field(`${at}.name`)} label={words.levelName} autoComplete="off" />
      <TextField {...field(`${at}.percent`)} label={words.percent} inputMode="numeric" className="field--short" />
      {from !== null &&
        from !== undefined &&
        (isFirst ? (
          <p className="quiet">{words.first}</p>
        ) : (
          <TextField {...field(`${at}.from`)} label={words.from[from]} inputMode="numeric" className="field--short" />
        ))}
      <Textarea {...field(`${at}.words`)} label={words.words} minRows={2} maxRows={5} />
    </>
  )
}

function Change({ change, name, children }: { change: LevelChange; name?: string; children: string }) {
  return (
    <Button type="submit" variant="secondary" name="cambio" value={levelChangeText(change)} aria-label={name}>
      {children}
    </Button>
  )
}

/** After a level was added or taken away: what is left to do. The new one is where the writing goes on. */
export function LevelsChanged({ answer }: { answer: Answer | undefined }) {
  const change = answer && answer.errors.length === 0 ? levelChangeOf(answer.values.cambio ?? '') : null
  useEffect(() => {
    const made = answer && answer.errors.length === 0 ? levelChangeOf(answer.values.cambio ?? '') : null
    if (made?.kind === 'add') document.getElementById(`copia-${made.axis}.${made.at}.name`)?.focus()
  }, [answer])
  return (
    <>
      <EnterShows label={words.save} />
      {change && (
        <Alert variant="info" role="status">
          {words.changed[change.kind]}
        </Alert>
      )}
    </>
  )
}
