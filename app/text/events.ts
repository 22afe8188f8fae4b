/** One Spanish sentence per type of event, for timelines and the record: who did what, in the past tense. */
import { CAPTURE_DEFINITIONS } from '../../catalog/capture/index.ts'
import { READ_PURPOSES } from '../../domain/capture.ts'
import { isControlId } from '../../domain/controls.ts'
import { type EventType, type FieldChange, isKnownEvent } from '../../domain/events.ts'
import { LIST_CODES, LIST_FORMATS } from '../../domain/lists.ts'
import type { SignatureRole } from '../../domain/procedures.ts'
import { isProof, type Proof } from '../../domain/proofs.ts'
import { TURN_OUTCOMES } from '../../domain/review-calendar.ts'
import { REVIEW_CAUSES } from '../../domain/review-causes.ts'
import { QUALITY_GRADES } from '../../domain/review-quality.ts'
import { TREATMENTS } from '../../domain/risk-treatment.ts'
import { controlsText } from './automatic-checks.ts'
import { readPurposeText } from './capture.ts'
import { contentKindName } from './disposal.ts'
import { dutyName } from './duties.ts'
import { formatDay, formatInstant, formatNumber } from './format.ts'
import { capital, lowered } from './letters.ts'
import { listFilesText } from './lists.ts'
import { methodologyName, typologyName } from './methodologies.ts'
import { refusalReason } from './refusals.ts'
import { qualityText, reviewCauseText, turnOutcomeText } from './reviews.ts'
import { riskMapText } from './risk-map.ts'
import { treatmentText } from './risk-treatment.ts'
import { riskYearText } from './risk-year.ts'
import { standingName } from './standing-checks.ts'
import { causeText, isStandingCause, placesText } from './standing-moves.ts'

/** Why a release was held (`HELD_REASONS`). */
const held = (code: string) =>
  code === 'release_differs' ? 'sus archivos no eran los que se firmaron' : refusalReason(code)

export interface EventFacts {
  type: EventType
  personName: string | null
  positionName: string | null
  actingForName: string | null
  stepCode: string | null
  reasonCode: string | null
  contentHash: string | null
  changes: FieldChange[]
  /** In which role the act behind the event was signed, where it was. */
  signatureRole: SignatureRole | null
  /** Whose record or tenure it is about, and in which position. */
  aboutPerson: string | null
  aboutPosition: string | null
}

/** Of what a technical history was read. */
const SUBJECTS: Record<string, string> = {
  cycle: 'de un ejercicio',
  grant: 'de un acceso',
  campaign: 'de una revisión de accesos',
  run: 'de la ejecución de un control',
  risk: 'de un riesgo',
  collector: 'de un destino del reenvío',
  release: 'de una publicación',
}

const PROVED: Record<Proof, string> = {
  password: ' con la contraseña',
  password_code: ' con la contraseña y el segundo factor',
  directory: ' con el directorio de la entidad',
  directory_code: ' con el directorio de la entidad y el segundo factor',
  directory_factor: ' con el directorio de la entidad, que le pidió un segundo factor',
}

/** How they showed who they are; nothing in what was recorded before that was told. */
function withProof({ changes }: EventFacts): string {
  const proof = changes.find(({ field }) => field === 'proof')?.after
  return isProof(proof) ? PROVED[proof] : ''
}

type Sentence = (facts: EventFacts) => string

const ENDED_BY: Record<string, string> = {
  transfer: 'un traslado',
  contract_end: 'un retiro o fin de contrato',
  account_lost: 'el cierre de una cuenta',
}

const PROBED: Record<string, string> = {
  begun: 'al comenzar',
  before: 'antes de revocarlo',
  after: 'después de terminado',
}
const PROBE_SAID: Record<string, string> = { allowed: 'dejó entrar', denied: 'no dejó entrar' }

const SENTENCES: Record<EventType, Sentence> = {
  'cycle.requested': (f) => `${who(f)} solicitó iniciar el ejercicio.`,
  'cycle.started': (f) => `${who(f)} inició el ejercicio.`,
  'cycle.closed': (f) => `${who(f)} completó el último paso y el ejercicio se cerró.`,
  'cycle.cancelled': (f) => `${who(f)} canceló el ejercicio.`,
  'step.opened': (f) => `Se abrió ${step(f)}${attempt(f)}.`,
  'step.submitted': (f) => `${who(f)} envió ${step(f)} a revisión${content(f)}.`,
  'step.reviewed': (f) => `${who(f)} revisó ${step(f)}${content(f)}.`,
  'step.signed': (f) =>
    `${who(f)} ${f.signatureRole === 'consent' ? `dio visto bueno ${toStep(f)}` : `aprobó ${step(f)}`}${content(f)}.`,
  'step.approved': (f) => `${Step(f)} quedó aprobado${content(f)}.`,
  'step.returned': (f) => `${who(f)} devolvió ${step(f)} con observaciones${content(f)}.`,
  'step.withdrawn': (f) => `${who(f)} retiró el envío ${ofStep(f)}${content(f)}.`,
  'step.lapsed': (f) => `${Step(f)} quedó vencido por cambio: algo en lo que se basa se reabrió o se reemplazó.`,
  'step.restored': (f) => `${Step(f)} recuperó su aprobación: aquello en lo que se basa volvió a aprobarse igual.`,
  'step.waits_again': (f) => `${Step(f)} volvió a esperar su turno.`,
  'reopening.asked': (f) => `${who(f)} pidió reabrir ${step(f)}.`,
  'reopening.granted': (f) => `${who(f)} reabrió ${step(f)}.`,
  'reopening.declined': (f) => `${who(f)} negó la reapertura ${ofStep(f)}.`,
  'draft.saved': (f) => `${who(f)} guardó el borrador ${ofStep(f)}.`,
  'draft.brought_over': (f) =>
    `${who(f)} pasó el borrador ${ofStep(f)} a una versión más nueva del formulario${toVersion(f)}.`,
  'attachment.added': (f) =>
    `${who(f)} adjuntó un archivo ${f.stepCode ? `en ${step(f)}` : `a la acción de mejora${said(f, 'code')}`}${content(f, 'archivo')}.`,
  'attachment.removed': (f) => `${who(f)} quitó un archivo ${ofStep(f)}${content(f, 'archivo')}.`,
  'comment.written': (f) => `${who(f)} escribió un comentario en ${step(f)}.`,
  'comment.rewritten': (f) => `${who(f)} corrigió su comentario en ${step(f)}.`,
  'comment.resolved': (f) => `${who(f)} dio por resuelto un comentario ${ofStep(f)}.`,
  'comment.reopened': (f) => `${who(f)} volvió a abrir un comentario ${ofStep(f)}.`,
  'comment.file_added': (f) => `${who(f)} adjuntó un archivo a su comentario en ${step(f)}${content(f, 'archivo')}.`,
  'mention.seen': (f) => `${who(f)} vio un comentario ${ofStep(f)} en el que lo mencionan.`,
  'task.claimed': (f) => `${who(f)} se asignó la tarea ${ofStep(f)}.`,
  'task.released': (f) => `${who(f)} liberó la tarea ${ofStep(f)}.`,
  'view.saved': (f) => `${who(f)} guardó una vista de su bandeja.`,
  'view.shared': (f) => {
    const duty = after(f, 'shared_with')
    return duty
      ? `${who(f)} compartió una vista de la bandeja con ${after(f, 'duty_name') ?? dutyName(String(duty), {})}.`
      : `${who(f)} dejó de compartir una vista de la bandeja.`
  },
  'view.default_chosen': (f) =>
    after(f, 'is_default') === false
      ? `${who(f)} volvió a abrir su bandeja sin una vista guardada.`
      : `${who(f)} eligió con qué vista se abre su bandeja.`,
  'view.deleted': (f) => `${who(f)} borró una vista de su bandeja.`,
  'term.moved': (f) => `El plazo ${ofStep(f)} cambió${fromTo(f, 'due_date')} por un cambio del calendario.`,
  'term.expired': (f) => `Venció el plazo ${ofStep(f)}${until(f)}.`,
  'notice.sent': notice,
  'notice.failed': (f) =>
    f.reasonCode === 'nobody_told'
      ? `No se pudo avisar del plazo ${ofWhat(f)}: nadie ejerce hoy el cargo ni hay a quién avisar en su lugar.`
      : `El aviso del plazo ${ofWhat(f)} no se pudo entregar por correo.`,
  'act.refused': (f) =>
    `${who(f)} intentó una acción${f.stepCode ? ` en ${step(f)}` : ''} que no se permitió: ${refusalReason(f.reasonCode ?? '')}.`,
  'receipt.mailed': (f) => `${who(f)} pidió por correo la copia de su comprobante.`,
  'source.attached': (f) => `${who(f)} registró una fuente de datos en ${step(f)}.`,
  'source.changed': (f) =>
    after(f, 'file')
      ? `${who(f)} cargó el archivo de una fuente${content(f, 'archivo')}.`
      : `${who(f)} cambió los datos de una fuente.`,
  'source.continued': (f) =>
    after(f, 'name')
      ? `${who(f)} indicó que una fuente continúa «${after(f, 'name')}», de la vigencia ${after(f, 'vigencia')}.`
      : `${who(f)} indicó que una fuente no continúa ninguna de un ejercicio anterior.`,
  'source.detached': (f) => `${who(f)} retiró una fuente de datos.`,
  'source.columns_changed': (f) =>
    `El archivo que cargó ${who(f)} trae columnas distintas de las aprobadas; mientras nadie las confirme, el corte no cambia.`,
  'source.rejects_taken': (f) => `${who(f)} descargó los registros rechazados de una fuente.`,
  'source.column_revealed': (f) => `${who(f)} vio una muestra de la columna personal «${after(f, 'column') ?? ''}».`,
  'connection.added': (f) => `${who(f)} definió una conexión${value(f, 'name')}.`,
  'connection.changed': (f) => `${who(f)} cambió una conexión${fields(f)}.`,
  'connection.tested': (f) =>
    `${who(f)} probó una conexión: ${after(f, 'outcome') === 'ok' ? 'funciona' : 'no respondió bien'}.`,
  'connection.used': (f) =>
    `${who(f)} ${after(f, 'for') === 'fetch' ? 'pidió traer los datos' : 'vio una muestra de los datos'} de una conexión${value(f, 'name')}.`,
  'connection.removed': (f) => `${who(f)} retiró una conexión y se destruyó su clave.`,
  'fetch.requested': (f) =>
    after(f, 'form')
      ? `${who(f)} pidió traer a una fuente los registros capturados con el formato ${after(f, 'form')} en la vigencia ${after(f, 'vigencia')}.`
      : `${who(f)} pidió traer los datos de una fuente por la conexión «${after(f, 'name') ?? ''}».`,
  'fetch.failed': () => 'Los datos de una fuente no se pudieron traer por su conexión.',
  'fetch.cancelled': (f) => `${who(f)} canceló la traída de los datos de una fuente.`,
  'import.requested': (f) => `${who(f)} pidió procesar el archivo de una fuente.`,
  'import.restarted': (f) =>
    `${who(f)} pidió volver a importar un archivo que ya estaba guardado${content(f, 'archivo')}.`,
  'import.done': (f) => `Terminó el procesamiento del archivo de una fuente${content(f, 'corte')}.`,
  'import.failed': () => 'El archivo de una fuente no se pudo procesar.',
  'import.cancelled': (f) => `${who(f)} canceló el procesamiento del archivo de una fuente.`,
  'template.kept': (f) => `${who(f)} guardó una versión de la plantilla de informes${value(f, 'name')}.`,
  'template.default_chosen': (f) => `${who(f)} eligió la plantilla de los informes de la entidad${value(f, 'name')}.`,
  'template.retired': (f) => `${who(f)} retiró la plantilla de informes${value(f, 'name')}.`,
  'template.restored': (f) => `${who(f)} volvió a ofrecer la plantilla de informes${value(f, 'name')}.`,
  'template.chosen': (f) =>
    after(f, 'template')
      ? `${who(f)} eligió la plantilla del informe${value(f, 'template')}.`
      : `${who(f)} dejó el informe con la plantilla de la entidad.`,
  'section.assigned': (f) =>
    after(f, 'position_id')
      ? `${who(f)} encargó una sección del informe a un cargo.`
      : `${who(f)} dejó una sección del informe sin cargo responsable.`,
  'section.finished': (f) => `${who(f)} marcó como terminada una sección del informe.`,
  'section.taken_up': (f) => `${who(f)} volvió a abrir una sección del informe.`,
  'proposal.made': (f) => `${who(f)} propuso un cambio a una sección del informe.`,
  'proposal.accepted': (f) => `${who(f)} aceptó un cambio propuesto a una sección del informe.`,
  'proposal.declined': (f) => `${who(f)} no aceptó un cambio propuesto a una sección del informe y dijo por qué.`,
  'proposal.withdrawn': (f) => `${who(f)} retiró el cambio que había propuesto a una sección del informe.`,
  'attendance.recorded': (f) => `${who(f)} registró cuántas personas atendió cada punto${content(f, 'cifras')}.`,
  'map.received': (f) => `${who(f)} subió un archivo con las divisiones del municipio${content(f, 'archivo')}.`,
  'map.kept': (f) => `${who(f)} guardó un mapa de divisiones${value(f, 'name')}${content(f, 'mapa')}.`,
  'map.withdrawn': (f) =>
    `${who(f)} retiró un mapa de divisiones${before(f, 'name') ? ` («${before(f, 'name')}»)` : ''}${content(f, 'mapa')}.`,
  'variables.adopted': (f) => adopted(f),
  'crosswalk.proposed': (f) => `${who(f)} propuso una tabla de correspondencia entre dos versiones de una variable.`,
  'crosswalk.approved': (f) =>
    `${who(f)} aprobó una tabla de correspondencia entre dos versiones de una variable${content(f, 'tabla')}.`,
  'crosswalk.returned': (f) => `${who(f)} devolvió una tabla de correspondencia con observaciones.`,
  'document.issued': (f) => `Se emitió el informe en PDF${fileHash(f)}${content(f)}.`,
  'improvement.created': (f) =>
    after(f, 'origin') === 'recommendation'
      ? `La recomendación del informe firmado quedó como acción de mejora${said(f, 'code')}.`
      : `${who(f)} registró la acción de mejora${said(f, 'code')}.`,
  'improvement.changed': (f) => `La acción de mejora${said(f, 'code')} se ajustó al informe que se volvió a firmar.`,
  'improvement.dropped': (f) =>
    `La acción de mejora${said(f, 'code')} se descartó: el informe que se volvió a firmar no la trae.`,
  'improvement.reported': (f) =>
    after(f, 'status') === 'drop_asked'
      ? `${who(f)} pidió descartar la acción de mejora${said(f, 'code')}.`
      : `${who(f)} informó el avance de la acción de mejora${said(f, 'code')}.`,
  'improvement.drop_decided': (f) =>
    `${who(f)} decidió sobre el descarte de la acción de mejora${said(f, 'code')}: ${after(f, 'status') === 'dropped' ? 'se descarta' : 'se debe cumplir'}.`,
  'improvement.done': (f) => `${who(f)} informó como cumplida la acción de mejora${said(f, 'code')}.`,
  'improvement.verified': (f) =>
    `${who(f)} verificó la acción de mejora${said(f, 'code')}: ${after(f, 'status') === 'verified' ? 'se cumplió' : 'falta por cumplir'}.`,
  'improvement.checked': (f) =>
    `${who(f)} revisó la eficacia de la acción de mejora${said(f, 'code')}: ${after(f, 'status') === 'effective' ? 'fue eficaz' : 'no fue eficaz'}.`,
  'finding.handed': (f) => handed(f, 'el hallazgo'),
  'risk.handed': (f) => handed(f, 'el riesgo'),
  'control.handed': (f) => handed(f, 'el control'),
  'indicator.handed': (f) => handed(f, 'el indicador'),
  'improvement.handed': (f) =>
    after(f, 'position_id')
      ? `${who(f)} pasó a otro cargo la acción de mejora${said(f, 'code')}, porque el suyo quedaba sin quien lo ejerza.`
      : `${who(f)} dejó la acción de mejora${said(f, 'code')} a quienes comparten la función, porque su cargo quedaba sin quien lo ejerza.`,
  'risk_map.received': (f) =>
    `${who(f)} subió un mapa de riesgos de ${formatNumber(Number(after(f, 'rows') ?? 0))} filas${content(f, 'archivo')}.`,
  'risk_map.accepted': (f) =>
    `${who(f)} registró los riesgos de un mapa que se había subido: ${formatNumber(Number(after(f, 'risks') ?? 0))}, con ${formatNumber(Number(after(f, 'controls') ?? 0))} controles.`,
  'risk.registered': (f) => `${who(f)} registró el riesgo${said(f, 'code')}${zoned(f)}.`,
  'risk.reassessed': (f) => `${who(f)} valoró de nuevo el riesgo${said(f, 'code')}${zoned(f)}.`,
  'risk.treated': (f) => `${who(f)} decidió qué se hace con el riesgo${said(f, 'code')}: ${treated(f)}.`,
  'risk.acceptance_asked': (f) => `${who(f)} pidió que se acepte el riesgo${said(f, 'risk')}${zoned(f)}.`,
  'risk.accepted': (f) => `${who(f)} aceptó el riesgo${said(f, 'risk')}.`,
  'risk.acceptance_declined': (f) => `${who(f)} no aceptó el riesgo${said(f, 'risk')}.`,
  'risk.acceptance_withdrawn': (f) => `${who(f)} retiró la aceptación del riesgo${said(f, 'risk')}.`,
  'risk.acceptance_lapsed': (f) =>
    `La aceptación del riesgo${said(f, 'risk')} venció por cambio: lo que se aceptó ya no es lo que hay.`,
  'risk.acceptance_expired': (f) => `Terminó el plazo por el que se había aceptado el riesgo${said(f, 'risk')}.`,
  'retention.adopted': (f) =>
    `${who(f)} agregó a la tabla de retención documental una versión de la serie${said(f, 'series')}.`,
  'disposal.proposed': (f) =>
    `${who(f)} propuso eliminar el contenido del ejercicio${minuted(f)}: ${formatNumber(Number(after(f, 'items') ?? 0))} contenidos.`,
  'disposal.approved': (f) => `${who(f)} aprobó eliminar el contenido del ejercicio${minuted(f)}.`,
  'disposal.returned': (f) => `${who(f)} devolvió la propuesta de eliminación${minuted(f)}.`,
  'disposal.withdrawn': (f) => `${who(f)} retiró la eliminación${minuted(f)}.`,
  'disposal.begun': (f) => `Empezó la eliminación${minuted(f)}.`,
  'disposal.not_begun': (f) =>
    `No empezó la eliminación${minuted(f)}: desde que se aprobó cambió la tabla de retención, el ejercicio o su contenido. Se puede proponer de nuevo.`,
  'disposal.content_removed': (f) =>
    `Se eliminó un contenido del ejercicio${before(f, 'kind') ? ` (${contentKindName(String(before(f, 'kind')))})` : ''}${minuted(f)}. De él queda su huella.`,
  'disposal.carried_out': (f) =>
    `Terminó la eliminación${minuted(f)}: ${formatNumber(Number(before(f, 'items') ?? 0))} contenidos, de los que quedan sus huellas.`,
  'disposal.done_again': (f) =>
    `Se hizo otra vez la eliminación${minuted(f)}, en una copia restaurada de antes de ella, por la decisión de entonces.`,
  'methodology.copied': (f) => `${who(f)} hizo una copia de la metodología${measured(f)} para adaptarla.`,
  'methodology.edited': (f) => `${who(f)} cambió la copia de la metodología${measured(f)}.`,
  'methodology.published': (f) => `${who(f)} publicó la metodología${measured(f)}.`,
  'methodology.discarded': (f) => `${who(f)} descartó la copia de la metodología${measured(f)}.`,
  'methodology.chosen': (f) => `${who(f)} eligió la metodología${measured(f)} para las nuevas valoraciones${typed(f)}.`,
  'risk.moved': (f) => `${who(f)} pasó el riesgo${said(f, 'code')} a la metodología${measured(f)}${zoned(f)}.`,
  'risk.overwritten': (f) =>
    `${who(f)} sobrescribió el residual del riesgo${said(f, 'code')}${zoned(f)}${before(f, 'zone') ? ` (el cálculo daba ${before(f, 'zone')})` : ''}.`,
  'risk.override_withdrawn': (f) => `${who(f)} quitó el residual sobrescrito del riesgo${said(f, 'code')}.`,
  'risk.override_lapsed': (f) =>
    `El residual sobrescrito del riesgo${said(f, 'code')} venció por cambio: el cálculo ya es otro.`,
  'risk.reviewed': (f) =>
    `${who(f)} revisó el riesgo${said(f, 'code')}: ${after(f, 'conclusion') === 'kept' ? 'se mantiene como está' : 'se valora de nuevo'}.`,
  'risk.cadence_changed': (f) =>
    after(f, 'review_months')
      ? `${who(f)} pidió revisar el riesgo${said(f, 'code')} cada ${after(f, 'review_months')} meses.`
      : `${who(f)} dejó la revisión del riesgo${said(f, 'code')} con la frecuencia de su zona.`,
  'risk.materialized': (f) => `${who(f)} registró que el riesgo${said(f, 'code')} se materializó.`,
  'indicator.added': (f) => `${who(f)} agregó el indicador${said(f, 'code')} al riesgo${said(f, 'risk')}.`,
  'indicator.corrected': (f) => `${who(f)} corrigió la hoja del indicador${said(f, 'code')}.`,
  'indicator.retired': (f) => `${who(f)} retiró el indicador${said(f, 'code')}.`,
  'indicator.measured': (f) =>
    `${who(f)} midió el indicador${said(f, 'code')}${after(f, 'level') === 'critical' ? ', que pasó su umbral crítico' : ''}.`,
  'control.added': (f) => `${who(f)} agregó el control${said(f, 'code')} al riesgo${said(f, 'risk')}.`,
  'control.retired': (f) => `${who(f)} retiró el control${said(f, 'code')} del riesgo${said(f, 'risk')}.`,
  'control.paused': (f) =>
    `${who(f)} puso en pausa el control${said(f, 'code')}${ofRisk(f)}${after(f, 'until') ? ` hasta el ${day(after(f, 'until'))}` : ''}.`,
  'control.resumed': (f) =>
    `${who(f)} reanudó el control${said(f, 'code')}${ofRisk(f)} desde el ${day(after(f, 'resumes_on'))}, en vez de esperar al ${day(before(f, 'resumes_on'))}.`,
  'control.evidence_changed': (f) =>
    `La evidencia del control${said(f, 'code')}${ofRisk(f)} pasó a estar ${EVIDENCE[String(after(f, 'evidence'))] ?? 'sin demostrar'}.`,
  'control.run_opened': (f) => `Comenzó la ejecución del control${ofRun(f)}.`,
  'control.run_paused': (f) => `No se pidió la ejecución del control${ofRun(f)}: el control está en pausa.`,
  'control.executed': (f) => `${who(f)} ejecutó el control${ofRun(f)} y aportó la evidencia.`,
  'control.omitted': (f) => `${who(f)} dijo por qué no se ejecutó el control${ofRun(f)}.`,
  'control.verified': (f) => `${who(f)} verificó la evidencia del control${ofRun(f)}.`,
  'control.excused': (f) => `${who(f)} aceptó el motivo por el que no se ejecutó el control${ofRun(f)}.`,
  'control.rejected': (f) => `${who(f)} devolvió lo que se aportó del control${ofRun(f)}.`,
  'control.missed': (f) => `Nadie ejecutó a tiempo el control${ofRun(f)}.`,
  'control.run_term_moved': (f) =>
    `El plazo para ejecutar el control${ofRun(f)} cambió${fromTo(f, 'due_date')} por un cambio del calendario.`,
  'control.run_closed': (f) => `Terminó sin ejecutarse el control${ofRun(f)}.`,
  'control.run_withdrawn': (f) => `Ya no se pide la ejecución del control${ofRun(f)}: el control se retiró.`,
  'risk.demonstrated_moved': (f) => demonstrated(f),
  'risk.alert_answered': (f) =>
    `${who(f)} dijo qué va a hacer con el riesgo${said(f, 'code')}, cuyo residual demostrado subió.`,
  'finding.recorded': (f) => `${who(f)} registró el hallazgo${said(f, 'code')}${paperOf(f)}.`,
  'finding.analysed': (f) => `${who(f)} analizó las causas del hallazgo${said(f, 'code')}.`,
  'finding.reopened': (f) =>
    `El plan del hallazgo${said(f, 'code')} se abrió de nuevo: una de sus acciones no tuvo efecto y se piden otra vez las causas.`,
  'finding.closed': (f) => `${who(f)} cerró el hallazgo${said(f, 'code')}.`,
  'release.drafted': (f) => `${who(f)} preparó una publicación.`,
  'correction.prepared': (f) => `${who(f)} preparó una corrección de lo publicado${content(f, 'publicación')}.`,
  'correction.submitted': (f) => `${who(f)} envió a firma una corrección${content(f, 'publicación')}.`,
  'correction.signed': (f) => `${who(f)} firmó una corrección${content(f, 'publicación')}.`,
  'correction.returned': (f) => `${who(f)} devolvió una corrección con observaciones.`,
  'correction.discarded': (f) => `${who(f)} descartó una corrección que estaba en preparación.`,
  'correction.withdrawn': (f) =>
    `${who(f)} retiró, antes de que se publicara, una corrección que ya estaba firmada${content(f, 'publicación')}.`,
  'release.planned': (f) =>
    `${who(f)} ${hour(f, 'dijo desde cuándo será pública una publicación', 'quitó la fecha de una publicación: saldrá al aprobarse')}.`,
  'release.scheduled': (f) => `${who(f)} ${hour(f, 'programó una publicación', 'programó una publicación')}.`,
  'release.unscheduled': (f) => `${who(f)} canceló la fecha de una publicación: sigue sin ser pública.`,
  'release.held': (f) =>
    `No se publicaron los datos abiertos: ${held(f.reasonCode ?? '')}${content(f, 'publicación')}.`,
  'release.published': (f) => `Se publicaron los datos abiertos${content(f, 'publicación')}.`,
  'release.withdrawn': (f) => `${who(f)} retiró una publicación.`,
  'release.corrected': (f) => `${who(f)} publicó una corrección; la versión anterior queda disponible y marcada.`,
  'summary.delivered': (f) => `Se entregó el resumen de resultados a ${agency(f)}${content(f)}.`,
  'summary.read': (f) => `${who(f)} confirmó que ${agency(f)} leyó su resumen de resultados${content(f)}.`,
  'summary.answered': (f) => {
    const commitments = Number(after(f, 'commitments') ?? 0)
    const answer = commitments === 0 ? 'que nada va a cambiar, y por qué' : `qué va a cambiar (${countOf(commitments)})`
    return `${who(f)} respondió por ${agency(f)} ${answer}${content(f)}.`
  },
  'summary.moved': (f) =>
    `El plazo para que responda ${agency(f)} cambió${fromTo(f, 'due_date')} por un cambio del calendario.`,
  'summary.reminded': (f) =>
    after(f, 'kind') === 'delivery'
      ? `Se avisó a ${agency(f)} de que su resumen de resultados la espera.`
      : `${who(f)} le recordó a ${agency(f)} que lea su resumen de resultados y responda.`,
  'access.list_received': (f) =>
    `${who(f)} cargó una lista de ${formatNumber(Number(after(f, 'rows') ?? 0))} solicitudes de acceso${content(f, 'archivo')}.`,
  'access.list_asked': (f) => `${who(f)} confirmó una lista de solicitudes de acceso.`,
  'access.row_settled': (f) =>
    after(f, 'result') === 'asked'
      ? `Se pidió el acceso de ${row(f)} de una lista.`
      : `No se pidió el acceso de ${row(f)} de una lista: ${refusalReason(String(after(f, 'result')))}.`,
  'rights.filed': (f) =>
    f.personName
      ? `${who(f)} recibió la solicitud${value(f, 'code')} de un ciudadano sobre sus datos personales.`
      : `Un ciudadano presentó la solicitud${value(f, 'code')} sobre sus datos personales.`,
  'rights.received': (f) => `Comenzó el término de la solicitud${value(f, 'code')}${until(f)}.`,
  'rights.identified': (f) => `${who(f)} comprobó la identidad de quien presentó la solicitud${value(f, 'code')}.`,
  'rights.completion_asked': (f) => `${who(f)} pidió completar el reclamo${value(f, 'code')}: el término se suspende.`,
  'rights.completion_received': (f) =>
    f.personName
      ? `${who(f)} registró lo que un ciudadano completó del reclamo${value(f, 'code')}.`
      : `Un ciudadano completó el reclamo${value(f, 'code')}.`,
  'rights.completed': (f) => `Comenzó de nuevo el término del reclamo${value(f, 'code')}${until(f)}.`,
  'rights.extended': (f) => `${who(f)} prorrogó el término de la solicitud${value(f, 'code')}${until(f)}.`,
  'rights.forwarded': (f) => `${who(f)} trasladó la solicitud${value(f, 'code')} a la entidad competente.`,
  'rights.attended': (f) => `${who(f)} atendió la solicitud${value(f, 'code')}.`,
  'rights.denied': (f) => `${who(f)} negó la solicitud${value(f, 'code')}.`,
  'rights.lapsed': (f) => `El reclamo${value(f, 'code')} se entendió desistido: no se completó en dos meses.`,
  'rights.opened': (f) => `${who(f)} vio los datos de quien presentó la solicitud${value(f, 'code')}.`,
  'rights.forgotten': (f) =>
    `Se destruyó la clave de lo que decía la solicitud${value(f, 'code')}: ya no se puede leer.`,
  'rights.term_moved': (f) =>
    `El término de la solicitud${value(f, 'code')} cambió${fromTo(f, 'due_date')} por un cambio del calendario.`,
  'consent.withdrawn': (f) => `Se retiró, a petición de la persona, la autorización${value(f, 'purposes')}.`,
  'citizen.erased': (f) => `Se borraron los datos de una persona, a petición suya${value(f, 'code')}.`,
  'citizen.erased_again': () =>
    'Se volvieron a borrar los datos de una persona en una copia restaurada, anterior a su supresión.',
  'citizen.unlinked': (f) =>
    `Se quitó de un corte la identidad de una persona cuyos datos se suprimieron; las cifras no cambian${content(f, 'archivo')}.`,
  'rights.followed': (f) => `Se consultó con su clave el estado de la solicitud${value(f, 'code')}.`,
  'access.asked': (f) => `${who(f)} pidió el acceso delegado${value(f, 'code')}.`,
  'access.accepted': (f) => `${who(f)} aceptó el compromiso de confidencialidad del acceso${value(f, 'code')}.`,
  'access.declined': (f) => `${who(f)} no aceptó el acceso${value(f, 'code')} que se pidió para esa persona.`,
  'access.granted': (f) => `${who(f)} aprobó el acceso${value(f, 'code')}${content(f, 'solicitud')}.`,
  'access.denied': (f) => `${who(f)} negó el acceso${value(f, 'code')}${content(f, 'solicitud')}.`,
  'access.withdrawn': (f) => `${who(f)} retiró la solicitud del acceso${value(f, 'code')}.`,
  'access.ending_ordered': (f) =>
    `${who(f)} registró ${ENDED_BY[f.reasonCode ?? ''] ?? 'algo'} que termina este acceso${onDay(f, 'effective_on')}.`,
  'access.revoked': (f) => `${who(f)} revocó el acceso${value(f, 'code')}.`,
  'access.began': (f) => `Comenzó el acceso${value(f, 'code')}.`,
  'access.probed': (f) => `Se probó el acceso${value(f, 'code')} ${probe(f)}.`,
  'access.lapsed': (f) => `El acceso${value(f, 'code')} no comenzó: su titular ya no podía tenerlo.`,
  'access.expired': (f) => `Terminó, en su fecha, el acceso${value(f, 'code')}.`,
  'access.unanswered': (f) => `Nadie decidió a tiempo la solicitud del acceso${value(f, 'code')}.`,
  'capture.begun': (f) =>
    after(f, 'record')
      ? `${who(f)} empezó a corregir un registro${value(f, 'record')}.`
      : `${who(f)} empezó un registro de la ciudadanía${value(f, 'form')}, con la autorización de la persona.`,
  'capture.saved': (f) => `${who(f)} guardó una página de un registro sin terminar${pageOf(f)}.`,
  'capture.dropped': (f) => `Se borró un registro sin terminar${value(f, 'form')}.`,
  'capture.declined': (f) =>
    `${who(f)} contó a una persona que no autorizó dar sus datos${value(f, 'form')}; no se guardó nada de ella.`,
  'capture.recorded': (f) => `${who(f)} registró los datos de una persona: registro ${after(f, 'code') ?? ''}.`,
  'capture.read': (f) => `${who(f)} vio los datos de una persona, registro ${after(f, 'code') ?? ''}${forWhat(f)}.`,
  'capture.receipt_mailed': (f) =>
    `${who(f)} envió a la persona, a la dirección que autorizó, la constancia del registro ${after(f, 'code') ?? ''}.`,
  'capture.corrected': (f) => `${who(f)} corrigió un registro de la ciudadanía${captured(f)}.`,
  'capture.searched': (f) =>
    `${who(f)} buscó por documento entre los registros de su punto: ${after(f, 'found') ? 'encontró a la persona' : 'no encontró a nadie'}.`,
  'access.retired': (f) =>
    `Se retiró el acceso${value(f, 'code')} por la revisión${value(f, 'campaign')}${because(f)}.`,
  'access.suspended': (f) =>
    `Se inhabilitó el acceso${value(f, 'code')} por la revisión${value(f, 'campaign')}${because(f)}.`,
  'access.shortened': (f) =>
    `El acceso${value(f, 'code')} termina antes, por la revisión${value(f, 'campaign')}${onDay(f, 'ends_on')}.`,
  'campaign.opened': (f) =>
    `${f.personName ? `${who(f)} abrió` : 'Se abrió sola'} la revisión de accesos${value(f, 'code')}${causedBy(f)}.`,
  'campaign.closing': (f) =>
    f.personName
      ? `${who(f)} cerró la revisión de accesos${value(f, 'code')}.`
      : `Terminó el plazo de la revisión de accesos${value(f, 'code')}.`,
  'campaign.closed': (f) =>
    `Se ejecutó lo decidido en la revisión${value(f, 'code')}${endedOf(f)}${qualityOfReview(f)}.`,
  'campaign.ticketed': (f) => `${who(f)} registró el caso MARI${value(f, 'ticket')} de la revisión${value(f, 'code')}.`,
  'campaign.calendar_changed': (f) => `${who(f)} cambió cuándo se abren solas las revisiones de accesos${fields(f)}.`,
  'campaign.turn_passed': (f) =>
    `La revisión de accesos de la vigencia${value(f, 'vigencia')} no se abrió sola: ${turnOf(f)}.`,
  'review.joined': (f) => `El acceso quedó por recertificar en la revisión${value(f, 'campaign')}.`,
  'review.left': (f) => `El acceso salió de la revisión${value(f, 'campaign')}: ya no necesita respuesta.`,
  'review.moved': (f) => `La revisión${value(f, 'campaign')} de este acceso pasó a otra persona.`,
  'review.unassigned': (f) =>
    `Nadie puede revisar este acceso en la revisión${value(f, 'campaign')}: se retira al cierre.`,
  'review.answered': (f) => `${who(f)} respondió en la revisión${value(f, 'campaign')}: ${answered(f)}.`,
  'review.stated': (f) => `${who(f)} añadió una declaración para quien revisa su acceso.`,
  'review.ended': (f) => `La revisión${value(f, 'campaign')} terminó y el acceso ${cameOut(f)}.`,
  'point.added': (f) => `${who(f)} registró un punto de atención${value(f, 'name')}.`,
  'point.changed': (f) => `${who(f)} ${ended(f) ? 'cerró' : 'cambió'} un punto de atención${fields(f)}.`,
  'session.started': (f) => `${who(f)} ingresó al sistema${withProof(f)}.`,
  'session.refused': () => 'Hubo un intento de ingreso que no se aceptó.',
  'session.ended': (f) => `${who(f)} salió del sistema.`,
  'session.ended_elsewhere': (f) => `${who(f)} cerró otras sesiones de su cuenta.`,
  'session.proved': (f) => `${who(f)} confirmó su identidad${withProof(f) || ' con la contraseña'}.`,
  'session.position_chosen': (f) => `${who(f)} cambió el cargo con el que actúa.`,
  'entity.installed': () => 'Se creó la entidad con el enlace de instalación.',
  'entity.changed': (f) => `${who(f)} cambió los datos de la entidad${fields(f)}.`,
  'agency.added': (f) => `${who(f)} registró una dependencia${value(f, 'name')}.`,
  'agency.changed': (f) => `${who(f)} ${ended(f) ? 'cerró' : 'cambió'} una dependencia${fields(f)}.`,
  'position.added': (f) => `${who(f)} registró un cargo${value(f, 'name')}.`,
  'position.changed': (f) => `${who(f)} ${ended(f) ? 'suprimió' : 'cambió'} un cargo${fields(f)}.`,
  'person.added': (f) => `${who(f)} registró a ${about(f)}.`,
  'person.changed': (f) =>
    `${who(f)} ${ended(f) ? 'registró el retiro de' : 'cambió los datos de'} ${about(f)}${fields(f)}.`,
  'account.added': (f) => `${who(f)} creó una cuenta de acceso.`,
  'account.link_made': (f) => `${who(f)} hizo un enlace de un solo uso para que una persona cree su contraseña.`,
  'account.password_set': () => 'Se cambió la contraseña de una cuenta con un enlace de un solo uso.',
  'account.password_changed': (f) => `${who(f)} cambió la contraseña de su cuenta.`,
  'account.directory_linked': (f) =>
    `${who(f)} ingresó por primera vez con el directorio de la entidad: su cuenta quedó ligada a él.`,
  'account.directory_unlinked': (f) => `${who(f)} desligó una cuenta del directorio de la entidad.`,
  'account.factor_begun': (f) => `${who(f)} empezó a activar su segundo factor.`,
  'account.factor_added': (f) => `${who(f)} activó su segundo factor.`,
  'account.factor_removed': (f) => `${who(f)} quitó su segundo factor.`,
  'account.factor_reset': (f) => `${who(f)} quitó el segundo factor de una cuenta y cerró sus sesiones.`,
  'account.sessions_ended': (f) => `${who(f)} cerró las sesiones abiertas de una cuenta.`,
  'account.recovery_renewed': (f) => `${who(f)} hizo códigos de recuperación nuevos.`,
  'account.recovery_used': (f) => `${who(f)} usó un código de recuperación.`,
  'account.disabled': (f) => `${who(f)} cerró una cuenta de acceso.`,
  'tenure.added': (f) =>
    `${who(f)} registró ${after(f, 'kind') === 'encargado' ? 'un encargo' : 'un nombramiento'}${inPost(f)}${span(f)}.`,
  'tenure.ended': (f) => `${who(f)} registró el fin de una vinculación${inPost(f)}${onDay(f, 'to_date')}.`,
  'absence.planned': (f) => `${who(f)} planeó una ausencia con reemplazo${inPost(f)}${span(f)}.`,
  'absence.cancelled': (f) => `${who(f)} canceló una ausencia con reemplazo${inPost(f)}.`,
  'calendar.day_added': (f) =>
    `${who(f)} registró ${after(f, 'kind') === 'removed' ? 'como hábil' : 'como no hábil'} el día ${day(after(f, 'day'))}.`,
  'calendar.day_removed': (f) => `${who(f)} retiró del calendario propio el día ${day(before(f, 'day'))}.`,
  'procedure.adopted': (f) =>
    `${who(f)} adoptó el procedimiento ${after(f, 'procedure_code') ?? ''} versión ${after(f, 'version') ?? ''}.`,
  'export.made': (f) => `${who(f)} descargó ${taken(f)}.`,
  'audit.consulted': (f) => `${who(f)} consultó la bitácora de la entidad.`,
  'audit.access_asked': (f) => `${who(f)} preguntó qué podía hacer ${about(f)} ${asOf(f)}.`,
  'audit.cycle_asked': (f) => `${who(f)} consultó el ejercicio como estaba ${asOf(f)}.`,
  'audit.reading_consulted': (f) => `${who(f)} consultó quién vio datos personales.`,
  'audit.reading_listed': (f) =>
    `Se revisó quién vio datos personales en la semana del ${day(after(f, 'week'))}: ${Number(after(f, 'unusual') ?? 0) === 0 ? 'nada inusual' : `${after(f, 'unusual')} con algo inusual`}.`,
  'audit.workflow_read': (f) =>
    `${who(f)} leyó la historia técnica ${SUBJECTS[String(after(f, 'subject'))] ?? 'de un trámite'}.`,
  'audit.event_read': (f) => `${who(f)} abrió un hecho de la bitácora.`,
  'audit.log_file_taken': (f) => `${who(f)} descargó huellas o pruebas de la bitácora para guardarlas fuera.`,
  'audit.pack_asked': (f) => `${who(f)} pidió el paquete de evidencia de un ejercicio.`,
  'audit.pack_exported': (f) =>
    `${who(f)} exportó el paquete de evidencia de un ejercicio, con${said(f, 'events')} hechos y${said(f, 'files')} archivos.`,
  'audit.samples_consulted': (f) => `${who(f)} consultó las muestras de auditoría.`,
  'audit.sample_read': (f) => `${who(f)} abrió la muestra de auditoría${said(f, 'code')}${itemOf(f)}.`,
  'audit.sample_drawn': (f) => `${who(f)} sacó la muestra de auditoría${said(f, 'code')}${itemsOf(after(f, 'items'))}.`,
  'audit.sample_repeated': (f) => `${who(f)} repitió la selección de la muestra de auditoría${said(f, 'code')}.`,
  'audit.paper_written': (f) =>
    `${who(f)} escribió el papel de trabajo de la muestra de auditoría${said(f, 'code')}${itemOf(f)}.`,
  'log.day_published': (f) =>
    `Se publicó la bitácora hasta el ${day(after(f, 'day'))} y su punto de control se envió por correo a control interno.`,
  'entity.export_asked': () => 'Quien opera el sistema pidió la exportación de la entidad entera.',
  'entity.exported': (f) =>
    `Quien opera el sistema exportó la entidad entera, con${said(f, 'rows')} filas y${said(f, 'files')} archivos.`,
  'entity.imported': (f) =>
    `La entidad llegó de otra instalación, con${said(f, 'rows')} filas y${said(f, 'files')} archivos; desde aquí la bitácora sigue en esta.`,
  'audit.proof_taken': (f) => `${who(f)} descargó el comprobante de un hecho de la bitácora.`,
  'collector.added': (f) => `${who(f)} definió un destino al que se reenvían los hechos${value(f, 'name')}.`,
  'collector.changed': (f) => `${who(f)} cambió un destino del reenvío de hechos${fields(f)}.`,
  'collector.paused': (f) => `${who(f)} detuvo el reenvío de hechos a un destino.`,
  'collector.resumed': (f) => `${who(f)} reanudó el reenvío de hechos a un destino.`,
  'collector.rewound': (f) =>
    `${who(f)} pidió enviar de nuevo a un destino los hechos desde el ${after(f, 'from') ?? ''} de la bitácora.`,
  'collector.stopped': () => 'El reenvío de hechos a un destino se detuvo: intentarlo otra vez daría lo mismo.',
  'collector.removed': (f) => `${who(f)} retiró un destino del reenvío de hechos y se destruyó su clave.`,
  'incident.opened': () => 'El sistema abrió una incidencia para que la revise quien lo opera.',
  'incident.closed': (f) => `${who(f)} cerró una incidencia con una nota de lo que se hizo.`,
  'incident.resolved': (f) => `El autocontrol${controlled(f)} volvió a pasar y su incidencia se cerró.`,
  'difference.explained': (f) =>
    `${who(f)} explicó y responde por lo que encontró el autocontrol${controlled(f)} y no se puede deshacer (${after(f, 'found') === '1' ? 'una fila' : `${said(f, 'found').trim()} filas`}).`,
  'check.gate_set': (f) =>
    `${who(f)} puso la verificación${gated(after(f, 'check'))} a retener el paso${said(f, 'step')}.`,
  'check.gate_lifted': (f) =>
    `${who(f)} dejó de retener el paso${before(f, 'step') ? ` ${before(f, 'step')}` : ''} con la verificación${gated(before(f, 'check'))}.`,
  'check.asked': (f) =>
    `${who(f)} hizo ejecutar ${after(f, 'controls') === '1' ? 'un autocontrol' : `${said(f, 'controls').trim()} autocontroles`}.`,
  'check.passed': (f) => `El autocontrol${controlled(f)} pasó: miró${said(f, 'looked_at')} y ninguno lo incumple.`,
  'check.failed': (f) =>
    `El autocontrol${controlled(f)} falló: de${said(f, 'looked_at')}, lo incumplen${said(f, 'found')}.`,
  'check.not_done': (f) => `El autocontrol${controlled(f)} no se pudo ejecutar y no prueba nada.`,
}

const VERDICTS: Record<string, string> = {
  confirm: 'el acceso sigue igual',
  modify: 'el acceso sigue con cambios',
  retire: 'el acceso se retira',
}
const CAME_OUT: Record<string, string> = { kept: 'sigue', changed: 'sigue con cambios', retired: 'se retira' }
const BECAUSE: Record<string, string> = {
  answer: ', como respondió quien revisa',
  silence: ', porque nadie respondió a tiempo',
  nobody: ', porque nadie podía revisarlo',
}

/** «el acceso se retira (antes: el acceso sigue igual)». */
function answered(f: EventFacts): string {
  const earlier = VERDICTS[String(before(f, 'verdict'))]
  return `${VERDICTS[String(after(f, 'verdict'))] ?? 'sin respuesta'}${earlier ? ` (antes: ${earlier})` : ''}`
}

const cameOut = (f: EventFacts) => CAME_OUT[String(after(f, 'outcome'))] ?? 'no volvió a habilitarse'
const because = (f: EventFacts) => BECAUSE[String(after(f, 'by'))] ?? ''

/** Why a review of one person was opened. */
function causedBy(f: EventFacts): string {
  const cause = REVIEW_CAUSES.find((code) => code === after(f, 'cause'))
  return cause ? `, por ${reviewCauseText[cause].toLowerCase()}` : ''
}

function turnOf(f: EventFacts): string {
  const outcome = TURN_OUTCOMES.find((code) => code === after(f, 'outcome'))
  return outcome ? turnOutcomeText[outcome] : ''
}

/** How many accesses a review ended. */
function endedOf(f: EventFacts): string {
  const n = Number(after(f, 'ended') ?? 0)
  return `: ${n === 1 ? 'terminó un acceso' : `terminaron ${formatNumber(n)} accesos`}`
}

/** The grade of a review's answers; events of before it was worked out say nothing. */
function qualityOfReview(f: EventFacts): string {
  const grade = QUALITY_GRADES.find((code) => code === after(f, 'quality'))
  return grade ? `. Calidad de la revisión: ${qualityText[grade].toLowerCase()}` : ''
}

/** Which list somebody took away; of the rejects of an import only that it was one. */
const handed = (f: EventFacts, what: string) =>
  `${who(f)} pasó a otro cargo ${what}${said(f, 'code')}, porque el suyo quedaba sin quien lo ejerza.`

function taken(f: EventFacts): string {
  const list = LIST_CODES.find((code) => code === after(f, 'list'))
  const format = LIST_FORMATS.find((code) => code === after(f, 'format'))
  if (list === 'risk_map' && after(f, 'format') === 'pdf') return riskMapText.taken
  if (after(f, 'list') === 'risk_year') return riskYearText.taken
  if (!list || !format) return 'los registros rechazados de una fuente'
  return listFilesText.taken(list, format, Number(after(f, 'rows') ?? 0), after(f, 'narrowed') === true)
}

/** Dependencia whose summary an event is about. */
const agency = (f: EventFacts) => String(after(f, 'agency') ?? 'una dependencia')

const countOf = (commitments: number) => (commitments === 1 ? 'un compromiso' : `${commitments} compromisos`)

/** Of a finding: the working paper that led to it. */
function paperOf(f: EventFacts): string {
  return after(f, 'sample') ? `, del papel de trabajo de la muestra${said(f, 'sample')}${itemOf(f)}` : ''
}

/** «, de 20 elementos»; nothing where the event does not say. */
function itemsOf(items: FieldChange['after'] | undefined): string {
  if (!items) return ''
  return Number(items) === 1 ? ', de un elemento' : `, de ${items} elementos`
}

function itemOf(f: EventFacts): string {
  return after(f, 'item') ? `, elemento ${after(f, 'item')}` : ''
}

/** Of a question about the past: its day. */
function asOf(f: EventFacts): string {
  const day = after(f, 'as_of')
  return day ? `el ${formatDay(String(day))}` : 'en una fecha pasada'
}

/** Of a type that this version does not know it says so: the rest of the page is still to be read. */
export function eventSentence(facts: EventFacts): string {
  const type: string = facts.type
  return isKnownEvent(type) ? SENTENCES[type](facts) : `Hecho de un tipo que esta versión no conoce: ${type}.`
}

/** «Dirección TIC (nombre), por delegación de …»; the system itself where nobody acted. */
function who({ personName, positionName, actingForName }: EventFacts): string {
  const person = personName && personName !== positionName ? personName : null
  const name = positionName ? `${positionName}${person ? ` (${person})` : ''}` : (person ?? 'El sistema')
  return actingForName ? `${name}, por delegación de ${actingForName},` : name
}

function step({ stepCode }: EventFacts): string {
  return stepCode ? `el paso ${stepCode}` : 'un paso'
}

/** «del paso 3»: Spanish joins the two words. */
function ofStep({ stepCode }: EventFacts): string {
  return stepCode ? `del paso ${stepCode}` : 'de un paso'
}

/** «al paso 3». */
function toStep({ stepCode }: EventFacts): string {
  return stepCode ? `al paso ${stepCode}` : 'a un paso'
}

function Step(facts: EventFacts): string {
  return capital(step(facts))
}

function content({ contentHash }: EventFacts, noun = 'contenido'): string {
  return contentHash ? ` · ${noun} ${short(contentHash)}` : ''
}

/** How many variables came to the catalogue, and which of them have another definition now. */
function adopted({ changes }: EventFacts): string {
  const added = changes.filter((change) => change.before === null).length
  const changed = changes.filter((change) => change.before !== null).map(({ field }) => field)
  const parts = [
    added > 0 && `entraron ${formatNumber(added)} al catálogo`,
    changed.length > 0 && `cambió la definición de ${changed.join(', ')}`,
  ].filter(Boolean)
  return `Las variables del paso 2 quedaron registradas: ${parts.join('; ') || 'ninguna cambió en el catálogo'}.`
}

/** Of the PDF itself; the content it was made from has its own. */
function fileHash(facts: EventFacts): string {
  const sha256 = after(facts, 'sha256')
  return typeof sha256 === 'string' ? ` · archivo ${short(sha256)}` : ''
}

function short(hash: string): string {
  return `${hash.slice(0, 4)}…${hash.slice(-4)}`
}

/** «, la 2». */
function toVersion(facts: EventFacts): string {
  const version = after(facts, 'form_version')
  return version ? `, la ${version}` : ''
}

/** «programó una publicación para el …»; the second words where the hour was taken away. */
function hour(facts: EventFacts, given: string, taken: string): string {
  const at = after(facts, 'publish_at')
  return typeof at === 'string' ? `${given}: ${formatInstant(at)}` : taken
}

function attempt(facts: EventFacts): string {
  const n = after(facts, 'attempt')
  return typeof n === 'number' && n > 1 ? `, intento ${n}` : ''
}

function notice(facts: EventFacts): string {
  const people = Number(after(facts, 'recipients') ?? 0)
  const told = people === 1 ? 'una persona' : `${people} personas`
  const caught = Number(after(facts, 'catches_up') ?? 0)
  const instead =
    caught === 0 ? '' : ` Reemplaza ${caught === 1 ? 'un aviso anterior' : `${caught} avisos anteriores`}.`
  const superior = after(facts, 'duty') !== undefined ? ' al cargo superior' : ''
  return `Se avisó${superior} ${NOTICES[String(after(facts, 'kind') ?? '').split('-')[0] ?? ''] ?? 'del plazo'} ${ofWhat(facts)}: ${told}.${instead}`
}

/** What has a day of its own, by how its code begins. */
const CODED: Record<string, string> = {
  AM: 'de la acción de mejora',
  AD: 'del acceso',
  RA: 'de la revisión',
  R: 'de la revisión del riesgo',
  I: 'de la medición del indicador',
}

/** What a notice is about: the term of a step, the day of something with a code, that of a run of a control or of a request. */
function ofWhat(facts: EventFacts): string {
  if (after(facts, 'control')) return `de la ejecución del control${said(facts, 'control')}`
  const code = after(facts, 'code')
  if (!code) return ofStep(facts)
  return `${CODED[String(code).split('-')[0] ?? ''] ?? 'de la solicitud'}${said(facts, 'code')}`
}

const NOTICES: Record<string, string> = {
  reminder: 'que está por vencer el plazo',
  expiry: 'que venció el plazo',
  overdue: 'que sigue vencido el plazo',
}

/** Names of changed columns as people call them; whatever has none is not told. */
const FIELDS: Record<string, string> = {
  as_of: 'fecha por la que se pregunta',
  host: 'servidor',
  port: 'puerto',
  database_name: 'base de datos',
  user_name: 'usuario',
  tls: 'cifrado',
  authority: 'certificado de la autoridad',
  address: 'dirección',
  header_name: 'encabezado',
  secret: 'clave',
  name: 'nombre',
  short_name: 'nombre corto',
  display_name: 'nombre',
  email: 'correo',
  contact_email: 'correo de contacto',
  code: 'código',
  parent_id: 'dependencia superior',
  duty: 'función',
  heads_agency: 'si dirige la dependencia',
  divipola: 'código DIVIPOLA',
  nit: 'NIT',
  slogan: 'lema',
  minimum_cell: 'mínimo de celda',
  second_factor_required: 'si se exige el segundo factor',
  rights_duties: 'quién responde a los ciudadanos por sus datos',
  shield_hash: 'escudo',
  ended_on: 'fecha de retiro',
  yearly: 'si se revisa cada vigencia',
  singles: 'si se revisan los accesos de una persona',
  month: 'mes',
  day: 'día',
  working_days: 'días hábiles',
  on_silence: 'qué pasa con lo que nadie responda',
}

/** What a changed field is called; undefined for what only the technical record names. */
export function eventFieldName(field: string): string | undefined {
  return FIELDS[field]
}

function fields({ changes }: EventFacts): string {
  const names = changes.map(({ field }) => FIELDS[field]).filter((name) => name !== undefined)
  return names.length === 0 ? '' : `: ${names.join(', ')}`
}

const PAGES = CAPTURE_DEFINITIONS.flatMap(({ groups }) => groups)

/** Which answers of a citizen changed, by name only (model.md §5). */
function captured({ changes }: EventFacts): string {
  const asked = PAGES.flatMap((page) => page.fields)
  const names = changes.flatMap(({ field }) => asked.find(({ code }) => code === field)?.label ?? [])
  return names.length === 0 ? '' : `: ${names.join(', ')}`
}

function forWhat(facts: EventFacts): string {
  const purpose = READ_PURPOSES.find((code) => code === after(facts, 'purpose'))
  return purpose ? `, para ${lowered(readPurposeText[purpose])}` : ''
}

function pageOf(facts: EventFacts): string {
  const page = PAGES.find(({ code }) => code === after(facts, 'page'))
  return page ? `: ${page.title}` : ''
}

function find({ changes }: EventFacts, field: string): FieldChange | undefined {
  return changes.find((change) => change.field === field)
}

const after = (facts: EventFacts, field: string) => find(facts, field)?.after
const before = (facts: EventFacts, field: string) => find(facts, field)?.before
const ended = (facts: EventFacts) => after(facts, 'ended_on') != null

function probe(f: EventFacts): string {
  const moment = PROBED[String(after(f, 'moment'))] ?? ''
  return `${moment} y ${PROBE_SAID[String(after(f, 'outcome'))] ?? 'no hubo respuesta'}`
}

function value(facts: EventFacts, field: string): string {
  const name = after(facts, field)
  return name ? `: ${name}` : ''
}

/** What a field holds, after a blank; nothing where the event does not say. */
function minuted(f: EventFacts): string {
  const minutes = after(f, 'minutes')
  return `${said(f, 'disposal')}${minutes ? `, según el acta N.º ${minutes}` : ''}`
}

function said(facts: EventFacts, field: string): string {
  const told = after(facts, field)
  return told ? ` ${told}` : ''
}

function gated(check: FieldChange['after'] | undefined): string {
  return check ? ` «${standingName(String(check))}»` : ''
}

function controlled(facts: EventFacts): string {
  const id = String(after(facts, 'control') ?? '')
  return isControlId(id) ? ` «${controlsText[id].name}»` : ''
}

function measured(facts: EventFacts): string {
  const code = after(facts, 'methodology')
  return code ? ` «${methodologyName(String(code), Number(after(facts, 'version') ?? 0))}»` : ''
}

function typed(facts: EventFacts): string {
  const code = after(facts, 'typology')
  return code ? ` de la tipología ${typologyName(String(code))}` : ''
}

/** What is done about a risk, in the words of its form. */
function treated(facts: EventFacts): string {
  const option = TREATMENTS.find((one) => one === after(facts, 'option'))
  return option ? treatmentText.options[option].toLowerCase() : 'sin precisar'
}

const EVIDENCE: Record<string, string> = { current: 'vigente', expired: 'vencida', failed: 'fallida' }

/** Code of the control, its risk and the day on which the period of the run begins. */
function ofRun(facts: EventFacts): string {
  const from = after(facts, 'period') ? `, período que comienza el ${day(after(facts, 'period'))}` : ''
  return `${said(facts, 'code')}${ofRisk(facts)}${from}`
}

function ofRisk(facts: EventFacts): string {
  return after(facts, 'risk') ? ` del riesgo${said(facts, 'risk')}` : ''
}

function demonstrated(facts: EventFacts): string {
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  const at = (of: typeof before) => ({
    ...{ p: text(of(facts, 'probability')), i: text(of(facts, 'impact')), zone: text(of(facts, 'zone')) },
  })
  const places = placesText({ before: at(before), after: at(after) })
  const control = text(after(facts, 'control'))
  const stated = after(facts, 'cause')
  const cause = isStandingCause(stated) ? stated : 'evidence'
  const by = control || cause !== 'evidence' ? `, ${causeText({ cause, control })}` : ''
  return `El residual demostrado del riesgo${said(facts, 'code')} cambió${places && ` (${places})`}${by}.`
}

function zoned(facts: EventFacts): string {
  const zone = after(facts, 'zone')
  return zone ? `, en zona ${zone}` : ''
}

/** A row of a list by its line, where the event names one. */
function row(facts: EventFacts): string {
  const line = after(facts, 'row')
  return line ? `la fila ${line}` : 'una fila'
}

function day(date: FieldChange['after'] | undefined): string {
  return typeof date === 'string' ? formatDay(date) : ''
}

function onDay(facts: EventFacts, field: string): string {
  const date = day(after(facts, field))
  return date ? ` el ${date}` : ''
}

function until(facts: EventFacts): string {
  const date = day(after(facts, 'due_date'))
  return date ? ` el ${date}` : ''
}

function fromTo(facts: EventFacts, field: string): string {
  const [was, is] = [day(before(facts, field)), day(after(facts, field))]
  return was && is ? ` del ${was} al ${is}` : ''
}

function span(facts: EventFacts): string {
  const [from, to] = [day(after(facts, 'from_date')), day(after(facts, 'to_date'))]
  if (!from) return ''
  return to ? ` del ${from} al ${to}` : ` desde el ${from}`
}

function about({ aboutPerson }: EventFacts): string {
  return aboutPerson ?? 'una persona'
}

/** « de … en el cargo …». */
function inPost({ aboutPerson, aboutPosition }: EventFacts): string {
  return aboutPerson && aboutPosition ? ` de ${aboutPerson} en el cargo ${aboutPosition}` : ''
}
