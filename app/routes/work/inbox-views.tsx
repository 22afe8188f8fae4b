import { Alert, BodyShort, Button, Checkbox, Heading, TextField, VStack } from '@navikt/ds-react'
import {
  type ActionFunctionArgs,
  type AppLoadContext,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { listAgencyOptions } from '../../../db/agencies.ts'
import { withActor } from '../../../db/client.ts'
import { listSavedViews } from '../../../db/saved-views.ts'
import { DUTIES } from '../../../domain/administration.ts'
import { type Typed, typedIn } from '../../administration.server.ts'
import { invalid } from '../../answer.server.ts'
import * as views from '../../commands/keep-views.server.ts'
import { AdminForm } from '../../components/admin-form.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { type Answer, fieldsOf } from '../../components/form-fields.tsx'
import { DutySelect } from '../../components/inbox/duty-select.tsx'
import { SavedViewCard } from '../../components/inbox/saved-view-card.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { inboxReader } from '../../pages/inbox-line.server.ts'
import { requireId } from '../../params.server.ts'
import { shownRefusal } from '../../refusal.server.ts'
import { type Actor, requireActor } from '../../session.server.ts'
import type { DutyNames } from '../../text/duties.ts'
import { inboxText, viewsText } from '../../text/inbox.ts'
import { describeFilters, filtersFrom, searchOf } from '../../text/inbox-address.ts'
import { inputErrors } from '../../text/inputs.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(viewsText.title) }]

const ADDRESS = '/bandeja/vistas'

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const reader = inboxReader(actor)
  const { searchParams } = new URL(request.url)
  const asked = searchParams.size > 0 && !searchParams.has('hecho') ? searchOf(filtersFrom(searchParams)) : null
  return await withActor(context.db, actor, async (trx) => {
    const agencies = new Map((await listAgencyOptions(trx, actor.entityId)).map(({ id, name }) => [id, name]))
    const inWords = (search: string) =>
      describeFilters(filtersFrom(new URLSearchParams(search)), (id) => agencies.get(id)) ||
      inboxText.filters.everything
    const saved = await listSavedViews(trx, reader)
    return {
      toSave: asked === null ? null : { search: asked, words: inWords(asked) },
      views: saved.map((view) => ({ ...view, words: inWords(view.search) })),
      choice: { duties: [...DUTIES], dutyNames: actor.entity.dutyNames },
    }
  })
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const typed = await typedIn(request)
  try {
    if (typed.vista) {
      await changeView(context, actor, typed)
      return redirect(`${ADDRESS}?hecho=${DONE[typed.formulario ?? ''] ?? 'compartida'}`)
    }
    const search = searchOf(filtersFrom(new URL(request.url).searchParams))
    const kept = await views.saveView(context, actor, { ...sharing(typed), ...saving(typed), search })
    return kept.ok ? redirect(`${ADDRESS}?hecho=guardada`) : invalid(inputErrors(kept.errors, fieldOf), typed)
  } catch (failure) {
    const refusal = shownRefusal(failure, actor)
    return data({ refusal: refusal.sentence }, { status: refusal.status })
  }
}

const DONE: Record<string, string> = { abrir: 'predeterminada', 'no-abrir': 'sin', borrar: 'borrada' }

const sharing = ({ compartir }: Typed) => ({ sharedWith: compartir || null })
const saving = ({ nombre = '', predeterminada }: Typed) => ({ name: nombre, isDefault: predeterminada === 'on' })

const fieldOf = (path: string) => (path === 'sharedWith' ? 'guardar-compartir' : 'guardar-nombre')

async function changeView(context: AppLoadContext, actor: Actor, typed: Typed): Promise<unknown> {
  const id = requireId(typed.vista, context)
  switch (typed.formulario) {
    case 'abrir':
      return await views.chooseDefaultView(context, actor, id)
    case 'no-abrir':
      return await views.leaveDefaultView(context, actor, id)
    case 'borrar':
      return await views.deleteView(context, actor, id)
    default:
      return await views.shareView(context, actor, { viewId: id, ...sharing(typed) })
  }
}

export default function InboxViews() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const answer = answered && 'errors' in answered ? answered : undefined
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: inboxText.title, to: '/bandeja' }, { label: viewsText.title }]} />
        <PageHeader title={viewsText.title} state={viewsText.state} />
        {!answered && <DoneNotice sentences={viewsText.done} />}
        {answered && 'refusal' in answered && (
          <Alert variant="warning" role="alert">
            {answered.refusal}
          </Alert>
        )}
      </div>
      {page.toSave && <SaveView words={page.toSave.words} choice={page.choice} answer={answer} />}
      <Section id="vistas" title={viewsText.listTitle}>
        {page.views.length === 0 && (
          <EmptyState
            title={viewsText.emptyTitle}
            action={
              <Button as={Link} to="/bandeja" variant="secondary">
                {viewsText.toInbox}
              </Button>
            }
          >
            {viewsText.empty}
          </EmptyState>
        )}
        <ul className="cards cards--list">
          {page.views.map((view) => (
            <SavedViewCard key={view.id} view={view} {...page.choice} />
          ))}
        </ul>
      </Section>
    </VStack>
  )
}

interface SaveProps {
  words: string
  choice: { duties: string[]; dutyNames: DutyNames }
  answer: Answer | undefined
}

function SaveView({ words, choice, answer }: SaveProps) {
  const field = fieldsOf('guardar', answer)
  const isDefault = field('predeterminada')
  return (
    <section aria-labelledby="guardar" className="card">
      <Heading level="2" size="medium" spacing id="guardar">
        {viewsText.saveTitle}
      </Heading>
      <BodyShort spacing>
        {viewsText.savesWhat} <strong>{words}</strong>
      </BodyShort>
      <AdminForm code="guardar" answer={answer} submit={viewsText.submit} cancelTo="/bandeja">
        <TextField {...field('nombre')} label={viewsText.name} autoComplete="off" maxLength={60} />
        <DutySelect {...field('compartir')} label={viewsText.share} description={viewsText.shareHelp} {...choice} />
        <div>
          <Checkbox id={isDefault.id} name={isDefault.name} defaultChecked={isDefault.defaultValue === 'on'}>
            {viewsText.isDefault}
          </Checkbox>
        </div>
      </AdminForm>
    </section>
  )
}
