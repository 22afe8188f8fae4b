import { BodyLong, Button, HStack, Select } from '@navikt/ds-react'
import { Form } from '@remix-run/react'
import { variablesText } from '../../text/variables.ts'

export interface ComparedExercise {
  vigencia: number
  chosen: string
  options: { code: string; label: string }[]
}

const words = variablesText.evolution

/** Which exercise stands for each vigencia, where one has several. A form that only asks: the address carries the answer. */
export function ExerciseForm({ exercises }: { exercises: ComparedExercise[] }) {
  return (
    <details className="no-print">
      <summary>{words.exercises}</summary>
      <BodyLong className="quiet reading">{words.exercisesWhy}</BodyLong>
      <Form method="get" preventScrollReset key={exercises.map(({ chosen }) => chosen).join()}>
        <HStack gap="space-16" wrap align="end">
          {exercises.map(({ vigencia, chosen, options }) => (
            <Select
              key={vigencia}
              label={words.exerciseOf(vigencia)}
              name="ejercicio"
              size="small"
              defaultValue={chosen}
            >
              {options.map(({ code, label }) => (
                <option key={code} value={code}>
                  {label}
                </option>
              ))}
            </Select>
          ))}
          <Button type="submit" size="small" variant="secondary">
            {words.compare}
          </Button>
        </HStack>
      </Form>
    </details>
  )
}
