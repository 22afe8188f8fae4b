import { Alert, BodyLong, Heading, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { findOpenReopening } from '../../../db/step-pages.ts'
import { reopeners } from '../../../domain/cycle-state.ts'
import { type InputError, readInput } from '../../../domain/input-reading.ts'
import { ReopeningAnswerInput, ReopeningInput } from '../../../domain/inputs.ts'
import { stepTemplate } from '../../../domain/procedures.ts'
import { answerReopening, askToReopen, effectsOfReopening } from '../../commands/reopen-step.server.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { ReasonForm } from '../../components/reason-form.tsx'
import { StepCrumbs } from '../../components/step/step-crumbs.tsx'
import type { AppContext } from '../../context.server.ts'
import { requireCycle, requireStepHead } from '../../pages/step-head.server.ts'
import { requireId, requireStepCode } from '../../params.server.ts'
import { provedBy } from '../../prove.server.ts'
import { shownRefusal } from '../../refusal.server.ts'
import { type Actor, isProofRecent, requireActor } from '../../session.server.ts'
import { listed } from '../../text/cycles.ts'
import { reopenText } from '../../text/decisions.ts'
import { dutyName } from '../../text/duties.ts'
import { inputErrors } from '../../text/inputs.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  return [{ title: shellText.title(page ? titleOf(page) : reopenText.crumb) }]
}

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const code = requireStepCode(params.paso, context)
  return await withActor(context.db, actor, async (trx) => {
    const head = await requireStepHead(trx, actor, cycleId, code, context)
    const { cycle } = await requireCycle(trx, cycleId, context)
    const { procedure } = cycle.version
    const called = actor.entity.dutyNames
    return {
      ...head,
      asksPassword: !isProofRecent(actor),
      open: (await findOpenReopening(trx, cycleId, code)) ?? null,
      deciders: reopeners(stepTemplate(procedure, code)).map((duty) => dutyName(duty, called)),
      effects: effectsOfReopening(cycle.state, code).map(({ step, becomes }) => ({
        code: step.code,
        title: stepTemplate(procedure, step.code).title,
        from: step.status,
        to: becomes,
      })),
    }
  })
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const place = { cycleId: requireId(params.ejercicio, context), stepCode: requireStepCode(params.paso, context) }
  const form = await request.formData()
  const reason = String(form.get('motivo') ?? '')
  try {
    const done =
      form.get('verdict') === 'ask'
        ? await ask(context, actor, { ...place, reason })
        : await decide(request, context, actor, form, { ...place, reason })
    if ('errors' in done) return data({ errors: done.errors, reason, refusal: undefined }, { status: 422 })
    return redirect(`/ejercicios/${place.cycleId}/actos/${done.actId}`)
  } catch (failure) {
    const refusal = shownRefusal(failure, actor)
    return data({ errors: [], reason, refusal: refusal.sentence }, { status: refusal.status })
  }
}

async function ask(context: AppContext, actor: Actor, given: ReopeningInput) {
  const read = readInput(ReopeningInput, given)
  return read.ok ? await askToReopen(context, actor, read.input) : { errors: besideReason(read.errors) }
}

async function decide(request: Request, context: AppContext, actor: Actor, form: FormData, given: ReopeningInput) {
  const typed = { ...given, verdict: form.get('verdict'), reopeningId: form.get('solicitud') }
  const read = readInput(ReopeningAnswerInput, typed)
  if (!read.ok) return { errors: besideReason(read.errors) }
  const proof = await provedBy(request, context, actor, form)
  if (!proof.ok) return { errors: [{ field: 'clave', message: proof.message }] }
  return await answerReopening(context, proof.actor, read.input)
}

function besideReason(errors: InputError[]) {
  return inputErrors(errors, () => 'motivo')
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

/** With a request waiting, whoever decides it answers; everybody else may ask, or is told why not. */
export default function Reopen() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { open, rights } = page
  const decides = open !== null && rights.answerReopen.may
  return (
    <>
      <StepCrumbs cycle={page.cycle} code={page.code} here={reopenText.crumb} />
      <VStack gap="space-24" className="reading">
        <PageHeader
          title={titleOf(page)}
          state={decides ? reopenText.answerState : reopenText.askState(listed(page.deciders, 'o'))}
        />
        {open && <Asked open={open} />}
        {decides && (
          <ReasonForm
            label={reopenText.reasonAnswer}
            hidden={{ solicitud: open.id }}
            answer={answer}
            asksPassword={page.asksPassword}
            verdicts={[
              { value: 'reopen', words: reopenText.reopen },
              { value: 'decline_reopen', words: reopenText.decline },
            ]}
            back={{ to: page.base }}
          >
            <Effects page={page} />
          </ReasonForm>
        )}
        {!decides && rights.askReopen.may && (
          <ReasonForm
            label={reopenText.reasonAsk}
            answer={answer}
            verdicts={[{ value: 'ask', words: reopenText.ask }]}
            back={{ to: page.base }}
          >
            <Effects page={page} />
          </ReasonForm>
        )}
        {!decides && !rights.askReopen.may && (
          <>
            <Alert variant="info">{`${reopenText.notAllowed}. ${(open ? rights.answerReopen : rights.askReopen).whyNot}`}</Alert>
            {open && <Effects page={page} />}
          </>
        )}
      </VStack>
    </>
  )
}

function titleOf({ open, rights, code }: Pick<Page, 'open' | 'rights' | 'code'>): string {
  return open && rights.answerReopen.may ? reopenText.answerTitle(code) : reopenText.askTitle(code)
}

function Asked({ open }: { open: NonNullable<Page['open']> }) {
  return (
    <section className="card">
      <BodyLong>{reopenText.asked(open.askedBy, open.askedAt)}</BodyLong>
      <blockquote className="typed">{open.reason}</blockquote>
    </section>
  )
}

function Effects({ page: { code, effects } }: { page: Page }) {
  return (
    <section className="card" aria-labelledby="efectos">
      <Heading level="2" size="xsmall" id="efectos" spacing>
        {reopenText.effects}
      </Heading>
      <ul>
        <li>{reopenText.own(code)}</li>
        {effects.map((effect) => (
          <li key={effect.code}>{reopenText.effect(effect.code, effect.title, effect.from, effect.to)}</li>
        ))}
        {effects.length === 0 ? <li>{reopenText.noEffects}</li> : <li>{reopenText.superseded}</li>}
        {effects.some((effect) => effect.from === 'approved') && <li>{reopenText.restored}</li>}
      </ul>
    </section>
  )
}
