import { BodyLong, Button, HStack, VStack } from '@navikt/ds-react'
import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { HashShort } from '../../components/hash-short.tsx'
import { NativeField } from '../../components/native-field.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { CycleChip } from '../../components/state-chip.tsx'
import { Snapshot } from '../../components/step/snapshot.tsx'
import { StepList } from '../../components/step-list.tsx'
import { loadCycleAsOf } from '../../pages/cycle-as-of.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { asOfText, cycleAsOfText as words } from '../../text/as-of.ts'
import { auditText } from '../../text/audit.ts'
import { disposedSentence } from '../../text/disposal.ts'
import { packChoiceText } from '../../text/packs.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: shellText.title(page ? words.title(page.name) : asOfText.title) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const search = new URL(request.url).searchParams
  const page = await loadCycleAsOf(context, actor, requireId(params.ejercicio, context), search)
  return data(page, { status: Object.keys(page.faults).length > 0 ? 422 : 200 })
}

/** A whole cycle as it stood on a date: its steps, who had signed, on which content, until when. */
export default function CycleAsOf() {
  const { id, name, at, status, steps, content, fields, faults } = useLoaderData<typeof loader>()
  const crumbs = [
    { label: auditText.title, to: '/auditoria' },
    { label: asOfText.title, to: '/auditoria/a-la-fecha' },
    { label: name },
  ]
  return (
    <VStack gap="space-24" className="reading-wide">
      <div>
        <Breadcrumbs crumbs={crumbs} />
        <PageHeader
          title={words.title(name)}
          chips={status && <CycleChip status={status} />}
          state={at && (status ? words.state(at) : words.notYet(at))}
          action={
            <Button as="a" href={`/auditoria/paquete?ejercicio=${id}`}>
              {packChoiceText.submit}
            </Button>
          }
        />
      </div>
      <BodyLong className="quiet">{packChoiceText.help}</BodyLong>
      <Section id="fecha" title={words.ask}>
        <Form method="get" key={`${fields.fecha} ${fields.hora}`}>
          <HStack gap="space-16" align="end">
            <NativeField
              type="date"
              name="fecha"
              label={asOfText.date}
              defaultValue={fields.fecha}
              error={faults.fecha}
            />
            <NativeField
              type="time"
              name="hora"
              label={asOfText.time}
              defaultValue={fields.hora.slice(0, 5)}
              error={faults.hora}
            />
            <Button type="submit" variant="secondary">
              {words.submit}
            </Button>
          </HStack>
        </Form>
      </Section>
      {steps.length > 0 && (
        <Section id="pasos" title={words.steps}>
          <StepList steps={steps.map((step) => ({ ...step, sentence: <StepThenLine {...step} fields={fields} /> }))} />
        </Section>
      )}
      {content && (
        <Section id="contenido" title={words.contentOf(content.code, content.title)}>
          <ContentThen {...content} />
        </Section>
      )}
      <Link className="row-link" to={`/ejercicios/${id}`}>
        {words.today}
      </Link>
    </VStack>
  )
}

type Content = Pick<NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['content']>, 'html' | 'gone'>

function ContentThen({ html, gone }: Content) {
  if (gone) return <BodyLong>{disposedSentence(gone.minutes, gone.on, gone.sha256)}</BodyLong>
  return html === null ? <BodyLong>{words.withheld}</BodyLong> : <Snapshot html={html} />
}

interface LineProps {
  code: string
  sentence: string
  hash: string | null
  fields: { fecha: string; hora: string }
}

function StepThenLine({ code, sentence, hash, fields }: LineProps) {
  const asked = Object.entries({ ...fields, paso: code }).filter(([, value]) => value !== '')
  return (
    <>
      {sentence} {hash && <HashShort hash={hash} />}{' '}
      {hash && <Link to={`?${new URLSearchParams(asked)}#contenido`}>{words.content(code)}</Link>}
    </>
  )
}
