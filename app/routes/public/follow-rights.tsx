import { Alert, BodyLong, Button, Textarea, TextField, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { spacedCode } from '../../../domain/verification-codes.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { errorOf, FormErrors } from '../../components/form-errors.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { actOnFollowed, requireFollowed } from '../../pages/follow-rights.server.ts'
import { formatDay } from '../../text/format.ts'
import { myRightsText, followText as words } from '../../text/my-rights.ts'
import { COMPLAINT, deliveryText, denialReasonText, rightsAimText } from '../../text/rights.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [
  { title: shellText.title(words.crumb) },
  // Whoever holds the code may look; search engines need not.
  { name: 'robots', content: 'noindex' },
]

export async function loader({ params, context }: LoaderFunctionArgs) {
  const { code } = await requireFollowed(context, params.codigo ?? '')
  if (params.codigo !== code) throw redirect(`/mis-derechos/${code}`)
  return { code }
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  return await actOnFollowed(context, params.codigo ?? '', await request.formData())
}

type Answered = NonNullable<ReturnType<typeof useActionData<typeof action>>>

/** How one's own request goes: asked by code and secret, because nobody has an account here. */
export default function FollowRights() {
  const { code } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const course = answer?.course
  return (
    <VStack gap="space-24" className="reading">
      <div>
        <Breadcrumbs home="/" crumbs={[{ label: myRightsText.crumb, to: '/mis-derechos' }, { label: words.crumb }]} />
        <PageHeader
          title={words.title(spacedCode(code))}
          state={course ? words.state(course.status, course) : words.intro}
        />
      </div>
      {answer?.isCompleted && (
        <Alert variant="success" role="status">
          {words.completed}
        </Alert>
      )}
      <FormErrors errors={answer?.errors} />
      {course && answer ? <Course answer={answer} course={course} /> : <AskSecret answer={answer} />}
    </VStack>
  )
}

function AskSecret({ answer }: { answer: Answered | undefined }) {
  return (
    <Form method="post" noValidate reloadDocument>
      <VStack gap="space-16" align="start">
        <TextField
          id="seguir-secreto"
          name="secreto"
          label={words.secret}
          description={words.secretHelp}
          error={errorOf(answer?.errors, 'seguir-secreto')}
          autoComplete="off"
          spellCheck={false}
        />
        {answer?.values.completion && (
          <>
            <input type="hidden" name="formulario" value="completar" />
            <Completion answer={answer} description={words.kept} />
          </>
        )}
        <Button type="submit">{answer?.values.completion ? words.complete : words.submit}</Button>
      </VStack>
    </Form>
  )
}

function Course({ answer, course }: { answer: Answered; course: NonNullable<Answered['course']> }) {
  return (
    <>
      <Section id="solicitud" title={words.factsTitle}>
        <Facts facts={factsOf(course)} />
      </Section>
      {course.status === 'denied' && <BodyLong>{COMPLAINT}</BodyLong>}
      {course.receipt && (
        <BodyLong>
          {words.facts.receipt}: <Link to={`/verificar/${course.receipt}`}>{course.receipt}</Link>
        </BodyLong>
      )}
      {course.status === 'incomplete' && (
        <Section id="completar" title={words.completeTitle}>
          <Form method="post" noValidate reloadDocument>
            <VStack gap="space-16" align="start">
              <BodyLong>{words.completeIntro}</BodyLong>
              <input type="hidden" name="formulario" value="completar" />
              <input type="hidden" name="secreto" value={answer.secret} />
              <Completion answer={answer} />
              <Button type="submit">{words.complete}</Button>
            </VStack>
          </Form>
        </Section>
      )}
    </>
  )
}

function Completion({ answer, description }: { answer: Answered; description?: string }) {
  return (
    <Textarea
      id="seguir-completion"
      name="completion"
      label={words.completion}
      description={description}
      minRows={5}
      maxLength={4000}
      defaultValue={answer.values.completion ?? ''}
      error={errorOf(answer.errors, 'seguir-completion')}
    />
  )
}

function factsOf(course: NonNullable<Answered['course']>): Fact[] {
  const { facts } = words
  const lines: [string, string | null][] = [
    [facts.number, course.number],
    [facts.what, rightsAimText[course.aim]],
    [facts.filed, formatDay(course.filedOn)],
    [facts.due, course.status === 'received' && course.dueOn ? formatDay(course.dueOn) : null],
    [facts.extended, course.isExtended ? words.isExtended : null],
    [facts.identity, course.isIdentified ? words.identified : words.unidentified],
    [facts.cause, course.denial && denialReasonText[course.denial]],
    [facts.delivery, course.delivery && deliveryText[course.delivery]],
  ]
  return lines.filter((line): line is [string, string] => line[1] !== null)
}
