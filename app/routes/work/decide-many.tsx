import { Alert, BodyLong, Button, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { type FormEvent, useState } from 'react'
import { decideSteps } from '../../commands/decide-steps.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { FormErrors } from '../../components/form-errors.tsx'
import { HashShort } from '../../components/hash-short.tsx'
import { TogetherResult } from '../../components/inbox/together-result.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ProvedField } from '../../components/proved-field.tsx'
import { Section } from '../../components/section.tsx'
import { loadTogether, named, togetherIn } from '../../pages/together.server.ts'
import { provedBy } from '../../prove.server.ts'
import { isProofRecent, requireActor } from '../../session.server.ts'
import { decisionText } from '../../text/decisions.ts'
import { inboxText } from '../../text/inbox.ts'
import { shellText } from '../../text/shell.ts'
import { togetherText as words } from '../../text/together.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.crumb) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const page = await loadTogether(context, actor, new URL(request.url).searchParams)
  return { ...page, asksPassword: !isProofRecent(actor) }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const form = await request.formData()
  const verdicts = togetherIn(form)
  const chosen = form.getAll('decision').map(String)
  const wrong = (field: string, message: string) =>
    data({ errors: [{ field, message }], outcomes: null, chosen }, { status: 422 })
  if (!verdicts) return wrong('decision', words.noneChosen)
  const proof = await provedBy(request, context, actor, form)
  if (!proof.ok) return wrong('clave', proof.message)
  const outcomes = await decideSteps(context, proof.actor, verdicts)
  return data({ errors: [], outcomes: await named(context, actor, outcomes), chosen })
}

export default function DecideMany() {
  const { items, skipped, isMore } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const outcomes = answer?.outcomes
  const done = outcomes?.filter(({ outcome }) => outcome !== 'skipped').length ?? 0
  const isEmpty = items.length === 0 && skipped.length === 0
  return (
    <>
      <Breadcrumbs crumbs={[{ label: inboxText.title, to: '/bandeja' }, { label: words.crumb }]} />
      <VStack gap="space-24">
        <PageHeader
          title={outcomes ? words.resultTitle(done, outcomes.length - done) : words.title(items.length)}
          state={
            outcomes ? words.resultState : items.length > 0 ? words.state : isEmpty ? words.noneChosen : words.nothing
          }
        />
        {outcomes ? (
          <TogetherResult outcomes={outcomes} />
        ) : (
          <>
            <FormErrors errors={answer?.errors} />
            {isMore && <Alert variant="info">{words.most}</Alert>}
            {items.length > 0 && <Sign />}
            {skipped.length > 0 && <Skipped />}
          </>
        )}
        <div>
          <Button as={Link} to="/bandeja" variant={outcomes || items.length === 0 ? 'primary' : 'tertiary'}>
            {words.back}
          </Button>
        </div>
      </VStack>
    </>
  )
}

function Sign() {
  const { items, statements, asksPassword } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const busy = useNavigation().formMethod === 'POST'
  // A form that was sent back leaves out what the person had left out.
  const isChosen = ({ value }: { value: string }) => answer?.chosen.includes(value) ?? true
  const [marked, setMarked] = useState(items.filter(isChosen).length)
  const count = ({ currentTarget }: FormEvent<HTMLFormElement>) =>
    setMarked(new FormData(currentTarget).getAll('decision').length)
  return (
    <section className="card decision" aria-labelledby="decision">
      <Form method="post" noValidate onChange={count}>
        <VStack gap="space-20">
          <fieldset className="together">
            <legend id="decision" tabIndex={-1}>
              {words.chosen}
            </legend>
            <BodyLong className="quiet">{words.leave}</BodyLong>
            <ul className="together__items">
              {items.map((item) => (
                <li key={item.value}>
                  <label className="together__pick">
                    <input type="checkbox" name="decision" value={item.value} defaultChecked={isChosen(item)} />
                    <span>{words.line(item.stepCode, item.cycleName)}</span>
                  </label>
                  <span className="quiet">
                    {words.roles[item.role]} · {words.content} <HashShort hash={item.contentHash} />
                  </span>
                  <Link to={`/ejercicios/${item.cycleId}/pasos/${item.stepCode}/revision`}>
                    {words.read(item.stepCode)}
                  </Link>
                </li>
              ))}
            </ul>
          </fieldset>
          <div className="statement">
            <BodyLong weight="semibold">{decisionText.statement}</BodyLong>
            {statements.map((statement) => (
              <BodyLong key={statement}>{statement}</BodyLong>
            ))}
          </div>
          {asksPassword && <ProvedField errors={answer?.errors} />}
          <BodyLong className="quiet">{decisionText.signing}</BodyLong>
          <div>
            <Button type="submit" loading={busy}>
              {words.submit(marked)}
            </Button>
          </div>
        </VStack>
      </Form>
    </section>
  )
}

function Skipped() {
  const { skipped } = useLoaderData<typeof loader>()
  return (
    <Section id="aparte" title={words.skipped}>
      <ul className="together__items">
        {skipped.map((item) => (
          <li key={item.id}>
            <Link to={`/ejercicios/${item.cycleId}/pasos/${item.stepCode}`}>
              {words.line(item.stepCode, item.cycleName)}
            </Link>
            <span className="quiet">{item.why}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
