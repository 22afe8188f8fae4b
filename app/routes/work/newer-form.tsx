import { Alert, BodyLong, Button, Heading, HStack, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import type { FieldName } from '../../../domain/forms.ts'
import { bringDraftOver } from '../../commands/bring-draft-over.server.ts'
import { DataTable } from '../../components/data-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { StepCrumbs } from '../../components/step/step-crumbs.tsx'
import { requireUpgradePage } from '../../pages/step-upgrade.server.ts'
import { requireId, requireStepCode } from '../../params.server.ts'
import { readAgainAfterNo } from '../../read-again.ts'
import { shownRefusal } from '../../refusal.server.ts'
import { requireActor } from '../../session.server.ts'
import { formText } from '../../text/forms.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  return [{ title: shellText.title(page?.newer ? formText.title(page.newer.newest) : formText.crumb) }]
}

export const shouldRevalidate = readAgainAfterNo

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const code = requireStepCode(params.paso, context)
  return await withActor(context.db, actor, (trx) => requireUpgradePage(trx, actor, cycleId, code, context))
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const place = { cycleId: requireId(params.ejercicio, context), stepCode: requireStepCode(params.paso, context) }
  const form = await request.formData()
  const [rev, to] = [Number(form.get('rev')), Number(form.get('version'))]
  try {
    await bringDraftOver(context, actor, { ...place, rev, to })
  } catch (failure) {
    const refusal = shownRefusal(failure, actor)
    return data({ refusal: refusal.sentence }, { status: refusal.status })
  }
  return redirect(`/ejercicios/${place.cycleId}/pasos/${place.stepCode}`)
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>
type Newer = NonNullable<Page['newer']>

export default function NewerForm() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { newer } = page
  return (
    <>
      <StepCrumbs cycle={page.cycle} code={page.code} here={formText.crumb} />
      <VStack gap="space-24" className="reading">
        <PageHeader
          title={newer ? formText.title(newer.newest) : formText.crumb}
          state={newer ? formText.state(newer.own) : formText.upToDate}
        />
        {answer && <Alert variant="warning">{answer.refusal}</Alert>}
        {!newer && (
          <div>
            <Button as={Link} to={page.base} variant="secondary">
              {formText.toStep}
            </Button>
          </div>
        )}
        {newer && <Changes changes={newer.changes} />}
        {newer && <Places newer={newer} />}
        {newer && <Bring page={page} newer={newer} />}
      </VStack>
    </>
  )
}

function Bring({ page, newer: { own, newest, rev } }: { page: Page; newer: Newer }) {
  const busy = useNavigation().state !== 'idle'
  if (!page.rights.edit.may) return <Alert variant="info">{`${formText.notAllowed}. ${page.rights.edit.whyNot}`}</Alert>
  return (
    <Form method="post">
      <input type="hidden" name="rev" value={rev} />
      <input type="hidden" name="version" value={newest} />
      <HStack gap="space-16" wrap>
        <Button type="submit" loading={busy}>
          {formText.submit(newest)}
        </Button>
        <Button as={Link} to={page.base} variant="tertiary">
          {formText.stayHere(own)}
        </Button>
      </HStack>
    </Form>
  )
}

function Changes({ changes }: { changes: Newer['changes'] }) {
  return (
    <section className="card" aria-labelledby="cambios">
      <VStack gap="space-16">
        <Heading level="2" size="small" id="cambios">
          {formText.changes}
        </Heading>
        <ByGroup title={formText.added} none={formText.addedNone} names={changes.added} />
        <div>
          <Heading level="3" size="xsmall">
            {formText.moved}
          </Heading>
          {changes.moved.length === 0 && <BodyLong className="quiet">{formText.movedNone}</BodyLong>}
          <ul>
            {changes.moved.map(({ before, after }) => (
              <li key={`${before.group} ${before.label}`}>{formText.movedTo(nameOf(before), nameOf(after))}</li>
            ))}
          </ul>
        </div>
        <ByGroup title={formText.removed} none={formText.removedNone} names={changes.removed} />
      </VStack>
    </section>
  )
}

/** Fields of one group in one line. */
function ByGroup({ title, none, names }: { title: string; none: string; names: FieldName[] }) {
  const groups = [...new Set(names.map((name) => name.group))]
  return (
    <div>
      <Heading level="3" size="xsmall">
        {title}
      </Heading>
      {groups.length === 0 && <BodyLong className="quiet">{none}</BodyLong>}
      <ul>
        {groups.map((group) => (
          <li key={group}>
            <strong>{group}</strong>
            <ul>
              {names
                .filter((name) => name.group === group)
                .map(({ label }) => (
                  <li key={label}>{label}</li>
                ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Places({ newer: { places, staying } }: { newer: Newer }) {
  return (
    <section className="card" aria-labelledby="destinos">
      <VStack gap="space-12">
        <Heading level="2" size="small" id="destinos">
          {formText.places}
        </Heading>
        {places.length + staying === 0 && <BodyLong className="quiet">{formText.placesNone}</BodyLong>}
        {staying > 0 && <BodyLong>{formText.stay(staying)}</BodyLong>}
        {places.length > 0 && (
          <DataTable
            caption={formText.places}
            hideCaption
            rows={places}
            rowKey={(place) => place.key}
            columns={[
              { key: 'value', header: formText.value, cell: ({ value }) => <span className="typed">{value}</span> },
              { key: 'before', header: formText.before, rowHeader: true, cell: ({ before }) => nameOf(before) },
              { key: 'after', header: formText.after, cell: ({ after }) => <Destination name={after} /> },
            ]}
          />
        )}
      </VStack>
    </section>
  )
}

function Destination({ name }: { name: FieldName | null }) {
  if (name) return nameOf(name)
  return (
    <>
      <strong>{formText.noField}.</strong> {formText.kept}
    </>
  )
}

const nameOf = ({ group, label }: FieldName) => `${group}: ${label}`
