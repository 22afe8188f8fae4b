import { Alert, BodyLong, Button, Checkbox, CheckboxGroup, Heading, HStack, VStack } from '@navikt/ds-react'
import { Form, useNavigation } from '@remix-run/react'
import type { TypedNumber } from '../../../domain/typed-numbers.ts'
import type { StepRights } from '../../step-rights.server.ts'
import { decisionText } from '../../text/decisions.ts'
import { reportText } from '../../text/report.ts'
import { errorOf, type ShownError } from '../form-errors.tsx'
import { ProvedField } from '../proved-field.tsx'
import { TypedList } from '../report/about-section.tsx'
import { ObservationsForm } from './observations-form.tsx'

interface Props {
  /** The frozen version the verdict is about. */
  frozen: { id: string; hash: string }
  role: NonNullable<StepRights['role']>
  rights: Pick<StepRights, 'approve' | 'return'>
  /** What is declared by either verdict. */
  statements: { approve: string; return: string; typed: string }
  groups: { code: string; title: string }[]
  /** Figures of the report that nobody checked against the data; approving says that they were read. */
  typedNumbers: TypedNumber[]
  asksPassword: boolean
  errors: ShownError[] | undefined
  /** Observations of the last answer, by group. */
  typed: Record<string, string>
  /** The last answer said that the typed figures were read. */
  ticked: boolean
}

/** One form with both verdicts: what is signed stands above the buttons, the password inside when it has to be given again. */
export function VerdictForm({
  frozen,
  role,
  rights,
  statements,
  groups,
  typedNumbers,
  asksPassword,
  errors,
  typed,
  ticked,
}: Props) {
  return (
    <section className="card decision" id="decision" aria-labelledby="decision-titulo">
      <Form method="post" noValidate>
        <VStack gap="space-20">
          <Heading level="2" size="small" id="decision-titulo">
            {decisionText.verdict}
          </Heading>
          <input type="hidden" name="version" value={frozen.id} />
          <input type="hidden" name="huella" value={frozen.hash} />
          <input type="hidden" name="rol" value={role} />
          {rights.approve.may ? (
            <div className="statement">
              <BodyLong weight="semibold">{decisionText.statement}</BodyLong>
              <BodyLong>{statements.approve}</BodyLong>
            </div>
          ) : (
            <Alert variant="info" inline>
              {rights.approve.whyNot}
            </Alert>
          )}
          <Observations
            groups={groups}
            errors={errors}
            typed={typed}
            statement={statements.return}
            isOnlyVerdict={!rights.approve.may}
          />
          {rights.approve.may && typedNumbers.length > 0 && (
            <TypedTick
              // Another version has another list: what was ticked on the earlier one says nothing about it.
              key={frozen.id}
              numbers={typedNumbers}
              statement={statements.typed}
              ticked={ticked}
              error={errorOf(errors, 'digitadas')}
            />
          )}
          {asksPassword && <ProvedField errors={errors} />}
          <BodyLong className="quiet">{decisionText.signing}</BodyLong>
          <Verdicts rights={rights} role={role} />
        </VStack>
      </Form>
    </section>
  )
}

interface TypedTickProps {
  numbers: TypedNumber[]
  statement: string
  ticked: boolean
  error: string | undefined
}

function TypedTick({ numbers, statement, ticked, error }: TypedTickProps) {
  return (
    <Alert variant="warning">
      <strong>{reportText.typedWarning(numbers.length)}</strong>
      <TypedList numbers={numbers} />
      <CheckboxGroup legend={reportText.typedLegend} hideLegend error={error} defaultValue={ticked ? ['si'] : []}>
        <Checkbox id="digitadas" name="digitadas" value="si">
          {statement}
        </Checkbox>
      </CheckboxGroup>
    </Alert>
  )
}

interface ObservationsProps extends Pick<Props, 'groups' | 'errors' | 'typed'> {
  statement: string
  /** Returning is all this person may do. */
  isOnlyVerdict: boolean
}

function Observations({ groups, errors, typed, statement, isOnlyVerdict }: ObservationsProps) {
  const wasReturning = (errors?.length ?? 0) > 0 && Object.keys(typed).length > 0
  const fault = errors?.find((error) => error.field.startsWith('observacion'))
  return (
    <details className="observe" open={wasReturning || fault !== undefined || isOnlyVerdict}>
      <summary>{decisionText.observations}</summary>
      <VStack gap="space-16">
        <BodyLong>{decisionText.observationsHelp}</BodyLong>
        {fault && <p className="aksel-error-message aksel-label">{fault.message}</p>}
        <ObservationsForm groups={groups} typed={typed} />
        <BodyLong className="quiet">{`${decisionText.statementReturn} ${statement}`}</BodyLong>
      </VStack>
    </details>
  )
}

function Verdicts({ rights, role }: Pick<Props, 'rights' | 'role'>) {
  const busy = useNavigation().formAction !== undefined
  return (
    <HStack gap="space-16" wrap>
      {rights.approve.may && (
        <Button type="submit" name="verdict" value="approve" loading={busy}>
          {decisionText.approve[role]}
        </Button>
      )}
      {rights.return.may && (
        <Button type="submit" name="verdict" value="return" variant="secondary" loading={busy}>
          {decisionText.returnLabel}
        </Button>
      )}
    </HStack>
  )
}
