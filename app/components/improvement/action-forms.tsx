import { BodyLong, Radio, RadioGroup, Textarea, VStack } from '@navikt/ds-react'
import type { ReactNode } from 'react'
import {
  type ActionStatus,
  CHECK_AFTER_MONTHS,
  CHECK_VERDICTS,
  isOpenAction,
  REPORTABLE,
  VERIFICATION_VERDICTS,
} from '../../../domain/improvement.ts'
import { actionText as words } from '../../text/improvement.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { Section } from '../section.tsx'
import { DropForm } from './drop-form.tsx'
import { Evidence, FilesSoFar } from './entry-evidence.tsx'
import type { EvidenceFile } from './evidence-files.tsx'

interface Right {
  may: boolean
  whyNot: string | null
}

interface Props {
  action: { code: string; status: ActionStatus; indicator: string; checker: string }
  report: Right
  drop: Right
  verify: Right
  check: Right
  entryId: string
  answer: Answer | undefined
  /** Evidence that was given so far, newest first. */
  files: EvidenceFile[]
}

type Rights = Pick<Props, 'report' | 'drop' | 'verify' | 'check'>
type FormCode = 'avance' | 'cumplida' | 'descarte' | 'verificada' | 'eficacia'

/** The forms that an action in this state has, and what this person may do with them. */
function askedNow(status: ActionStatus, rights: Rights): { forms: FormCode[]; right: Right } | null {
  if (isOpenAction(status)) return { forms: ['avance', 'cumplida'], right: rights.report }
  if (status === 'drop_asked') return { forms: ['descarte'], right: rights.drop }
  if (status === 'done') return { forms: ['verificada'], right: rights.verify }
  return status === 'verified' ? { forms: ['eficacia'], right: rights.check } : null
}

/** Codes of the forms that this person finds on the page. */
export function formsNow(status: ActionStatus, rights: Rights): FormCode[] {
  const asked = askedNow(status, rights)
  return asked?.right.may ? asked.forms : []
}

/** What this person can say of an action now; where a form would be, who can instead or why not yet. */
export function ActionForms(props: Props) {
  const asked = askedNow(props.action.status, props)
  if (!asked) return null
  if (!asked.right.may) return <BodyLong className="reading">{asked.right.whyNot}</BodyLong>
  return asked.forms.map((code) => {
    const Form = FORMS[code]
    return <Form key={code} {...props} />
  })
}

type FormProps = Pick<Props, 'entryId' | 'answer'>

function ProgressForm({ entryId, answer }: FormProps) {
  const field = fieldsOf('avance', answer)
  const { error, defaultValue } = field('status')
  return (
    <Section id="informar" title={words.reportTitle}>
      <VStack gap="space-16">
        <BodyLong className="reading">{words.reportIntro}</BodyLong>
        <AdminForm
          code="avance"
          answer={answer}
          submit={words.report}
          hidden={{ entryId }}
          encType="multipart/form-data"
        >
          <RadioGroup id="avance-status" name="status" legend={words.status} {...{ error, defaultValue }}>
            {REPORTABLE.map((status) => (
              <Radio key={status} value={status}>
                {words.statuses[status]}
              </Radio>
            ))}
          </RadioGroup>
          <Textarea {...field('body')} label={words.body} minRows={3} maxRows={12} />
          <Evidence form="avance" answer={answer} />
        </AdminForm>
      </VStack>
    </Section>
  )
}

function ResultForm({ action, entryId, answer }: FormProps & Pick<Props, 'action'>) {
  const field = fieldsOf('cumplida', answer)
  return (
    <Section id="cumplir" title={words.closeTitle}>
      <VStack gap="space-16">
        <BodyLong className="reading">{words.closeIntro(action.checker)}</BodyLong>
        <AdminForm
          code="cumplida"
          answer={answer}
          submit={words.close}
          hidden={{ entryId }}
          encType="multipart/form-data"
          secondary
        >
          <Textarea
            {...field('body')}
            label={words.result}
            description={words.resultHelp(action.indicator)}
            minRows={2}
            maxRows={8}
          />
          <Evidence form="cumplida" answer={answer} isAsked />
        </AdminForm>
      </VStack>
    </Section>
  )
}

/** Whether it was carried out as was said, and when its effect can be seen. */
function VerifyForm({ action, files, entryId, answer }: FormProps & Pick<Props, 'action' | 'files'>) {
  const field = fieldsOf('verificada', answer, { months: String(CHECK_AFTER_MONTHS[0]) })
  const [verdict, when] = [field('verdict'), field('months')]
  return (
    <Section id="verificar" title={words.verifyTitle}>
      <VStack gap="space-16">
        <BodyLong className="reading">{words.verifyIntro}</BodyLong>
        <FilesSoFar code={action.code} files={files} />
        <AdminForm
          code="verificada"
          answer={answer}
          submit={words.verify}
          hidden={{ entryId }}
          encType="multipart/form-data"
        >
          <RadioGroup
            {...{ id: verdict.id, name: verdict.name, error: verdict.error, defaultValue: verdict.defaultValue }}
            legend={words.verification}
          >
            {VERIFICATION_VERDICTS.map((one) => (
              <Radio key={one} value={one}>
                {words.verifications[one]}
              </Radio>
            ))}
          </RadioGroup>
          <Textarea {...field('body')} label={words.grounds} minRows={3} maxRows={12} />
          <RadioGroup
            {...{ id: when.id, name: when.name, error: when.error, defaultValue: when.defaultValue }}
            legend={words.months}
          >
            {[...CHECK_AFTER_MONTHS]
              .sort((a, b) => a - b)
              .map((months) => (
                <Radio key={months} value={String(months)}>
                  {words.inMonths(months)}
                </Radio>
              ))}
          </RadioGroup>
          <Evidence form="verificada" answer={answer} />
        </AdminForm>
      </VStack>
    </Section>
  )
}

function CheckForm({ action, files, entryId, answer }: FormProps & Pick<Props, 'action' | 'files'>) {
  const field = fieldsOf('eficacia', answer)
  const { error, defaultValue } = field('verdict')
  return (
    <Section id="eficacia" title={words.checkTitle}>
      <VStack gap="space-16">
        <BodyLong className="reading">{words.checkIntro}</BodyLong>
        <FilesSoFar code={action.code} files={files} />
        <AdminForm
          code="eficacia"
          answer={answer}
          submit={words.check}
          hidden={{ entryId }}
          encType="multipart/form-data"
        >
          <RadioGroup id="eficacia-verdict" name="verdict" legend={words.verdict} {...{ error, defaultValue }}>
            {CHECK_VERDICTS.map((verdict) => (
              <Radio key={verdict} value={verdict}>
                {words.verdicts[verdict]}
              </Radio>
            ))}
          </RadioGroup>
          <Textarea {...field('body')} label={words.grounds} minRows={3} maxRows={12} />
          <Evidence form="eficacia" answer={answer} />
        </AdminForm>
      </VStack>
    </Section>
  )
}

const FORMS: Record<FormCode, (props: Props) => ReactNode> = {
  ...{ avance: ProgressForm, cumplida: ResultForm, descarte: DropForm, verificada: VerifyForm, eficacia: CheckForm },
}
