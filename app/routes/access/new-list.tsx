import { Alert, BodyLong, Textarea, TextField, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { type Answer, fieldsOf } from '../../components/form-fields.tsx'
import { NativeField } from '../../components/native-field.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { actOnNewAccessList, loadNewAccessList } from '../../pages/access-lists.server.ts'
import { requireActor } from '../../session.server.ts'
import { accessText, newAccessText } from '../../text/access.ts'
import { accessListText as words } from '../../text/access-lists.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return await loadNewAccessList(context, await requireActor(request, context))
}

export async function action({ request, context }: ActionFunctionArgs) {
  return await actOnNewAccessList(context, await requireActor(request, context), request)
}

/** Asks for access for several people at once: the template first, then the list with its communication. */
export default function NewAccessList() {
  const { agency, whyNot, points, formKey } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <Breadcrumbs crumbs={[{ label: accessText.title, to: '/accesos' }, { label: words.title }]} />
      <VStack gap="space-24" className="reading">
        <PageHeader title={words.title} state={whyNot ? undefined : words.state(agency)} />
        {whyNot && <Alert variant="info">{whyNot}</Alert>}
        {!whyNot && points.length === 0 && <BodyLong>{newAccessText.noPoints}</BodyLong>}
        {!whyNot && points.length > 0 && (
          <>
            <Template points={points} />
            <Sending formKey={formKey} answer={answer} />
          </>
        )}
      </VStack>
    </>
  )
}

function Template({ points }: { points: { id: string; name: string }[] }) {
  return (
    <Section id="plantilla" title={words.templateTitle}>
      <BodyLong spacing>{words.template}</BodyLong>
      <ul className="links">
        {(['xlsx', 'csv'] as const).map((format) => (
          <li key={format}>
            <a href={`/accesos/solicitudes/lista/plantilla/${format}`} download>
              {words.templateFile[format]}
            </a>
          </li>
        ))}
      </ul>
      <ul>
        <li>{words.columns.who}</li>
        <li>
          {words.columns.point}
          <ul>
            {points.map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ul>
        </li>
        <li>{words.columns.form}</li>
        <li>{words.columns.days}</li>
      </ul>
    </Section>
  )
}

function Sending({ formKey, answer }: { formKey: string; answer: Answer | undefined }) {
  const field = fieldsOf('lista', answer)
  const { defaultValue: _chosen, ...file } = field('archivo')
  return (
    <Section id="enviar" title={words.formTitle}>
      <AdminForm
        code="lista"
        answer={answer}
        submit={words.submit}
        hidden={{ formKey }}
        cancelTo="/accesos"
        encType="multipart/form-data"
      >
        <NativeField
          {...file}
          type="file"
          accept=".xlsx,.csv,text/csv"
          label={words.file}
          description={words.fileHelp}
        />
        <TextField
          {...field('radicado')}
          label={newAccessText.radicado}
          description={newAccessText.radicadoHelp}
          autoComplete="off"
          inputMode="numeric"
        />
        <NativeField {...field('radicadoOn')} type="date" label={newAccessText.radicadoOn} />
        <Textarea {...field('reason')} label={words.reason} minRows={3} maxLength={500} />
      </AdminForm>
    </Section>
  )
}
