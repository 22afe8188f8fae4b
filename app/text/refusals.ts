import type { Objection, RefusalCode, RefusalFacts } from '../../domain/refusals.ts'
import { disposedSentence } from './disposal.ts'
import { type DutyNames, dutyNames } from './duties.ts'
import { formatDay, formatInstant, formatNumber } from './format.ts'
import { crossingSentence } from './gaps.ts'
import { methodologyName } from './methodologies.ts'
import { standingName } from './standing-checks.ts'

/** One sentence per reason code: what is not possible, and what to do instead. Facts make it precise when they are there. */
const SENTENCES: Record<RefusalCode, (facts: RefusalFacts, names: DutyNames) => string> = {
  not_visible: () => 'No encontramos lo que busca. Puede que no exista o que no esté a su alcance.',
  no_right: () => 'Su cargo no permite hacer esto. Si lo necesita, pídalo a la Administración del sistema.',
  not_in_charge: (facts, names) =>
    facts.duties
      ? `Esto le corresponde a ${dutyNames(facts.duties, names)}. Pídale a quien ocupa ese cargo que lo haga.`
      : 'Esto le corresponde a otro cargo. En la página del paso dice a cuál.',
  own_work: () =>
    'Usted elaboró este contenido y nadie aprueba ni revisa lo que elaboró. Debe decidirlo otra persona con ese cargo.',
  view_of_other: (facts) =>
    `Esta vista es de ${facts.by ?? 'otra persona'}: solo quien la guardó puede cambiarla o borrarla. Guarde una propia con los mismos filtros.`,
  comment_of_other: () => 'Solo quien escribió un comentario puede corregirlo. Usted puede responderle.',
  reviewer_approves: () =>
    'Usted ya revisó este contenido y este procedimiento no permite que la misma persona lo apruebe. Debe aprobarlo otra persona con ese cargo.',
  tenure_ended: () =>
    'Hoy no tiene vigente un cargo para hacer esto. Pida a la Administración del sistema que registre su nombramiento o encargo.',
  proof_expired: () =>
    'Pasaron más de cinco minutos desde que escribió su contraseña. Vuelva a la página, escríbala de nuevo y firme.',
  area_closed: () =>
    'Esta parte del sistema no está abierta para su cargo. Si la necesita, pídalo a la Administración del sistema.',
  not_your_turn: (facts, names) =>
    facts.duties
      ? `Todavía no es su turno: ahora decide ${dutyNames(facts.duties, names)}.`
      : 'Todavía no es su turno.',
  already_decided: (facts) => `${step(facts)} ya fue ${verdict(facts)}${by(facts)}.`,
  already_signed: (facts) => `Usted ya firmó esta versión${at(facts)}.`,
  not_open: (facts) => `${step(facts)} no está abierto para editar en este momento.`,
  not_submitted: takenBack,
  not_approved: (facts) => `${step(facts)} todavía no está aprobado.`,
  step_locked: (facts) =>
    facts.first
      ? `${step(facts)} se abre cuando se apruebe el paso ${facts.first}.`
      : `${step(facts)} se abre cuando se apruebe el paso anterior.`,
  cycle_over: (facts) =>
    facts.status === 'cancelled'
      ? `Este ejercicio fue cancelado${by(facts)}. Puede iniciar un ejercicio nuevo.`
      : 'Este ejercicio ya terminó. Solo puede corregir una publicación o iniciar un ejercicio nuevo.',
  cycle_exists: () =>
    'Ya existe un ejercicio con ese número de radicado. Revise el radicado o abra el ejercicio existente.',
  content_changed: (facts) =>
    `${changed('este contenido', facts)} después de que usted lo abrió. Revise los cambios y decida de nuevo.`,
  draft_changed: (facts) =>
    `${changed('este borrador', facts)} después de que usted lo abrió. Revíselo de nuevo y envíe.`,
  submission_in_flight: () => 'El envío de este paso está en trámite. Espere a que termine.',
  reopening_pending: () => 'Ya hay una solicitud de reapertura de este paso sin decidir.',
  no_reopening: () => 'No hay una solicitud de reapertura de este paso por decidir.',
  release_unsafe: ({ cells, more }) =>
    `No se puede publicar así: junto con lo ya publicado dejaría ver a menos personas que el umbral en estas casillas: ${cells}${Number(more) > 0 ? `, y en ${more} más` : ''}. Quite esas figuras, o espere a un corte en el que cambien más registros.`,
  table_too_fine: (facts) => `La tabla ${facts.n} no se puede publicar así: ${crossingSentence(facts)}`,
  release_unproven: ({ n }) =>
    `${n === 1 ? 'Una casilla oculta quedó' : `${n ?? 'Varias'} casillas ocultas quedaron`} sin comprobar porque el cálculo llegó a su límite de tiempo: vuelva a preparar, enviar o aprobar en unos minutos.`,
  release_withdrawn: () =>
    'La versión que se iba a corregir fue retirada después de preparar esta corrección: ya no se firma. Quien la preparó puede descartarla.',
  already_public: () =>
    'La corrección ya es pública y no se puede retirar así. Si está mal, prepare otra corrección o retire la versión publicada.',
  incomplete: (facts) =>
    facts.first
      ? `Falta información obligatoria: ${String(facts.first).replace(/\.$/, '')}. Complete lo que señala la lista de verificación y envíe de nuevo.`
      : 'Falta información obligatoria. Complete lo que señala la lista de verificación y envíe de nuevo.',
  comments_open: (facts) =>
    `${facts.n === 1 ? 'Hay un comentario' : `Hay ${facts.n ?? 'varios'} comentarios`} sin resolver en el paso, y este procedimiento pide resolverlos antes de aprobar.`,
  earlier_unreported: ({ codes }) =>
    codes
      ? `Falta informar el estado de recomendaciones de informes anteriores: ${codes}. El cargo responsable lo informa en Mejora, y después usted puede aprobar.`
      : 'Falta informar el estado de recomendaciones de informes anteriores. El cargo responsable lo informa en Mejora, y después usted puede aprobar.',
  methodology_unchanged: () =>
    'La copia dice lo mismo que la versión de la que salió. Cambie algo antes de publicarla, o descártela.',
  methodology_unknown: () => 'Esa metodología no tiene esta tipología. Elija otra de la lista.',
  methodology_not_chosen: ({ methodology, n }) =>
    `La entidad valora ahora este tipo de riesgo con ${methodology ? `«${methodologyName(String(methodology), Number(n))}»` : 'otra metodología'}. Vuelva a elegir el tipo de riesgo, o pase el riesgo a esa metodología.`,
  own_methodology: () =>
    'Quien publicó esta versión no la pone en uso: debe elegirla otra persona, la jefatura que lidera el proceso o la alcaldía.',
  harm_contradicted: () =>
    'El impacto no corresponde a lo que se dice que se afecta. Lo económico pide un impacto económico; la reputación, uno reputacional; ambas, los dos.',
  not_corruption: () =>
    'Un riesgo de corrupción reúne las cuatro partes de su definición. Si una falta, regístrelo como riesgo de integridad pública o de gestión.',
  copy_gone: () => 'Esta copia ya no existe: alguien la publicó o la descartó. Mire la lista de metodologías.',
  table_hole: ({ axis }) => `Elija a qué nivel pasa cada nivel de ${axis === 'impact' ? 'impacto' : 'probabilidad'}.`,
  table_falls: ({ axis }) =>
    `Un nivel de ${axis === 'impact' ? 'impacto' : 'probabilidad'} más alto no puede pasar a uno más bajo que el anterior. Revise la tabla.`,
  controls_undesigned: ({ controls }) =>
    `La nueva metodología no sabe cuánto pesan estos controles: ${controls}. Retírelos, pase el riesgo y agréguelos de nuevo con su diseño.`,
  already_moved: () => 'Este riesgo ya está valorado con esa metodología.',
  move_asks_otherwise: () =>
    'Esa tipología pide datos distintos de los de este riesgo, que no se pueden trasladar. Regístrelo allí como un riesgo nuevo.',
  override_same: () => 'Eso es lo que ya da el cálculo: no hay nada que sobrescribir.',
  override_above: () => 'El residual no puede quedar por encima del riesgo inherente.',
  override_unsupported: ({ axis }) =>
    `Ningún control reduce ${axis === 'impact' ? 'el impacto' : 'la probabilidad'} de este riesgo: ahí el residual no puede quedar por debajo del inherente.`,
  override_over: () => 'Ese residual sobrescrito ya no está vigente.',
  never_acceptable: () =>
    'Los riesgos de esta tipología no se aceptan en ninguna zona. Decida cómo se reducen o se evitan.',
  zone_not_acceptable: ({ zone }) =>
    `Según la política, un riesgo en zona ${zone ?? 'alta'} no se acepta. Decida cómo se reduce o se evita.`,
  acceptance_unproven: ({ zone }) =>
    `Un riesgo en zona ${zone ?? 'moderada'} solo se acepta si cada uno de sus controles tiene evidencia vigente. Complete la evidencia que falta.`,
  acceptance_too_long: ({ until }) =>
    `Este riesgo se acepta hasta una fecha futura que no pase del ${formatDay(String(until))}, cuando toca revisarlo de nuevo.`,
  acceptance_open: () =>
    'Este riesgo ya está aceptado, o alguien pidió que se acepte. Retire primero esa aceptación para pedir otra o decidir otra cosa.',
  acceptance_unasked: () =>
    'Aceptar no se decide aquí: pida que se acepte, y vale cuando lo firma quien la política señala.',
  acceptance_over: () => 'Esta aceptación ya terminó. Si el riesgo se va a aceptar, pídalo de nuevo como está hoy.',
  held_by_check: ({ check, n }) =>
    `La verificación «${standingName(String(check))}» retiene este paso: encuentra ${n === 1 ? 'un pendiente' : `${n} pendientes`}. Resuélvalos en Riesgos, Verificaciones, y vuelva a intentarlo.`,
  gate_lifted: () => 'Esta verificación ya no retenía ese paso.',
  control_retired: () => 'Este control ya estaba retirado. Su historia se conserva.',
  run_over: () => 'Esta ejecución del control ya terminó: no se cambia más.',
  run_to_check: () =>
    'Lo que se aportó de esta ejecución espera verificación. Si se devuelve, podrá aportar otra evidencia.',
  run_to_do: () => 'Todavía no hay nada que verificar en esta ejecución: falta que la ejecute el responsable.',
  own_evidence: () => 'Quien ejecutó el control o aportó su evidencia no la verifica: debe hacerlo otra persona.',
  owns_the_risk: (facts, names) =>
    `Su cargo responde por este riesgo, y por eso no verifica sus controles: le corresponde a ${dutyNames(facts.duties ?? '', names)}.`,
  evidence_missing: () => 'Adjunte un archivo o elija una evidencia ya aportada.',
  evidence_unknown: () => 'La evidencia elegida no existe o no corresponde a esta entidad. Elija otra.',
  evidence_unaccepted: () =>
    'La evidencia elegida todavía no se ha verificado, o se devolvió. Elija otra o adjunte un archivo.',
  evidence_early: () => 'La evidencia no puede empezar más de un año antes del período de esta ejecución.',
  evidence_ahead: () => 'El período que cubre la evidencia no puede terminar después de hoy.',
  evidence_beside: () => 'La evidencia debe cubrir al menos un día del período de esta ejecución.',
  evidence_expired: () =>
    'La evidencia debe seguir vigente hoy: escriba una fecha de vigencia igual o posterior a hoy.',
  evidence_long: () => 'La vigencia no puede pasar de dos años después del período que cubre la evidencia.',
  pause_overlaps: () => 'El control ya está en pausa en esas fechas.',
  pause_past: () => 'La pausa debe terminar hoy o después.',
  pause_long: ({ months, day, days }) =>
    `Una pausa dura como máximo ${months} meses: hasta el ${formatDay(String(day))}. Si hace falta otra, empieza más de ${days} días después.`,
  pause_far: ({ months }) => `Una pausa se registra como máximo ${months} meses antes de que empiece.`,
  pause_stale: ({ months, day }) =>
    `Una pausa dura como máximo ${months} meses: la que empezó ese día terminó el ${formatDay(String(day))}. Ponga un primer día más reciente.`,
  pause_joined: ({ months, day, days }) =>
    `Las pausas con ${days} días o menos entre una y otra cuentan como una sola, de ${months} meses como máximo: esta puede durar hasta el ${formatDay(String(day))}.`,
  pause_full: ({ months, day, days }) =>
    `Las pausas con ${days} días o menos entre una y otra cuentan como una sola, de ${months} meses como máximo, que este control ya tiene: la próxima puede empezar el ${formatDay(String(day))}.`,
  pause_unknown: () => 'El control no está en pausa: no hay nada que reanudar.',
  pause_over: ({ day }) => `Esta pausa ya terminó: desde el ${formatDay(String(day))} el control se pide como siempre.`,
  resume_past: () => 'El control se reanuda desde hoy o desde un día posterior.',
  resume_late: ({ day }) =>
    `La pausa termina el ${formatDay(String(day))}: escriba ese día o uno anterior para reanudar antes.`,
  alert_over: () => 'Este aviso ya se respondió, o el residual demostrado volvió a como estaba.',
  finding_risk_unknown: () => 'Ningún riesgo tiene ese código. Elíjalo de la lista o deje el campo vacío.',
  action_over: () =>
    'Esta acción no recibe más avances: ya terminó, o espera que otra persona decida. Lo que se informó queda en su historia.',
  drop_not_asked: () => 'Nadie pide hoy descartar esta acción, o ya se decidió.',
  result_unshown: () =>
    'Aporte la evidencia de que se cumplió: un archivo, o la dirección o el número del documento que lo muestra.',
  action_not_done: () => 'Se verifica lo que se ha informado como cumplido: esta acción no lo está.',
  action_not_verified: () =>
    'La eficacia se revisa cuando otra persona ya verificó que la acción se cumplió: todavía no lo ha hecho.',
  causes_known: () =>
    'Las causas de este hallazgo ya están analizadas. Se analizan otra vez si una acción no tiene efecto.',
  causes_unknown: () => 'Primero se analizan las causas del hallazgo; después se planean las acciones.',
  finding_closed: () => 'Este hallazgo ya está cerrado. Lo que se hizo queda en su historia.',
  reviews_overdue: ({ codes }) =>
    `La vigencia no se cierra con revisiones de riesgos vencidas: ${codes}. Quien responde por cada riesgo lo revisa en Riesgos, y después usted puede aprobar.`,
  period_measured: () => 'Este período ya está medido. Recargue la página para ver la medición.',
  plan_empty: () => 'El hallazgo no se puede cerrar: su plan no tiene ninguna acción que responda a las causas.',
  effect_unproven: ({ codes }) =>
    `El hallazgo no se puede cerrar: falta una revisión de eficacia que diga que tuvo efecto ${codes}.`,
  check_early: ({ on }) =>
    `La eficacia se verifica desde el ${formatDay(String(on))}, cuando ya se puede ver si la acción tuvo efecto.`,
  crosswalk_standing: () =>
    'Para este cambio ya hay una tabla de correspondencia propuesta o aprobada. Está en la página de la variable.',
  claimed_by_other: (facts) => `Otra persona ya se asignó esta tarea${by(facts)}.`,
  import_running: () => 'El archivo de esta fuente se está procesando. Espere a que termine o cancele el proceso.',
  typed_unread: () => 'Marque que leyó la lista de cifras digitadas, o devuelva el paso.',
  body_differs: () => 'Este mismo formulario ya se envió con otro contenido. Recargue la página y vuelva a intentarlo.',
  out_of_date: () => 'La página que usted tenía abierta ya no está al día. Recárguela y vuelva a intentarlo.',
  not_read: () => 'Primero confirme que leyó el resumen de su dependencia; después responda qué va a cambiar.',
  already_answered: () => 'Esta dependencia ya respondió. Lo que respondió está en la página de su resumen.',
  reminded_today: () => 'Hoy ya se le avisó a esta dependencia. Puede recordarle de nuevo mañana.',
  own_access: () =>
    'Usted pidió este acceso o es quien lo va a usar, y nadie decide sobre lo propio. Debe decidirlo otra persona con ese cargo.',
  not_the_grantee: () => 'Solo la persona para quien se pidió el acceso acepta o rechaza el compromiso.',
  duty_unaccepted: () =>
    'La persona todavía no ha aceptado el compromiso de confidencialidad. Podrá aprobar el acceso cuando lo acepte.',
  not_granted: () =>
    'Este acceso todavía no está aprobado, así que no hay qué revocar. Puede negarlo o retirar la solicitud.',
  access_decided: () => 'Esta solicitud ya avanzó: otra persona la decidió mientras usted la leía. Recargue la página.',
  access_over: () => 'Este acceso ya terminó. Para volver a darlo, haga una solicitud nueva.',
  self_request: () =>
    'Nadie pide acceso para sí mismo, ni para la persona por quien actúa. Debe pedirlo otra persona que dirija el organismo.',
  no_open_account: () =>
    'Esta persona no tiene una cuenta abierta. Pida a la Administración del sistema que la cree y vuelva a esta solicitud.',
  not_at_work: () =>
    'Esta persona no ejerce hoy ningún cargo en la entidad. Pida a la Administración del sistema que registre su vinculación.',
  point_closed: () => 'Este punto de atención no es de su organismo o ya se cerró. Elija otro.',
  access_held: () =>
    'Esta persona ya tiene este acceso, o alguien lo pidió y está por decidirse: mismo punto, formulario y vigencia.',
  rights_over: () =>
    'Esta solicitud ya terminó: no se puede decidir otra vez. Para pedir algo más se presenta una solicitud nueva.',
  rights_underway: () => 'La solicitud se está registrando. Espere un momento y vuelva a intentarlo.',
  rights_incomplete: () => 'Se le pidió al ciudadano que complete el reclamo: espere su respuesta antes de seguir.',
  already_identified: () => 'La identidad de quien presentó la solicitud ya se comprobó.',
  unidentified: () => 'Antes de atender la solicitud, compruebe la identidad de quien la presentó.',
  only_claims: () => 'Solo un reclamo se puede devolver para que lo completen (Ley 1581 de 2012, artículo 15).',
  requirement_late: () =>
    'Lo que le falta a un reclamo se pide una vez, dentro de los cinco días hábiles siguientes a su recibo.',
  already_extended: () => 'El término ya se prorrogó: la ley permite hacerlo una sola vez.',
  extension_late: () => 'El término ya venció: la prórroga se informa antes de que venza. Responda la solicitud.',
  rights_input: () => 'La solicitud tiene datos por corregir: están señalados junto a cada campo.',
  wrong_secret: () => 'La clave no corresponde a esta solicitud. Revise la que recibió al presentarla.',
  tries_spent: ({ minutes }) =>
    `Se escribió varias veces una clave equivocada. Espere ${minutes} minutos y vuelva a intentarlo.`,
  no_record: () =>
    'La entidad no tiene registros de esta persona con ese documento. Si es así, niegue la solicitud por esa causa.',
  purposes_missing: () => 'Marque al menos una autorización que se retira.',
  corrections_missing: () => 'Elija al menos un dato y escriba cómo debe quedar.',
  correction_wrong: ({ label }) =>
    `El valor de «${label}» no sirve para ese dato. Escríbalo como lo pide el formulario.`,
  nothing_to_complete: () => 'Ahora no se le ha pedido completar esta solicitud.',
  access_input: () => 'La solicitud tiene datos por corregir: están señalados junto a cada campo.',
  no_access_in_force: () =>
    'Hoy usted no tiene un acceso vigente para esto. Lo pide quien dirige su organismo, en Accesos.',
  draft_gone: () =>
    'Este registro sin terminar ya no está: se guarda un día, y se borra si el acceso termina. Empiece uno nuevo.',
  record_incomplete: () => 'Faltan respuestas. Complete la página que se señala y vuelva a registrar.',
  citizen_recorded: ({ code }) =>
    `Esta persona ya tiene un registro en este punto y vigencia${code ? `: ${code}` : ''}. Ábralo y corríjalo si algo cambió.`,
  citizen_erased: () => 'Los datos de esta persona se borraron a petición suya: este registro ya no se puede abrir.',
  population_empty: () =>
    'En esas fechas no hay nada de lo que pide. Elija otras fechas, u otra parte de la población.',
  population_long: ({ most }) =>
    `La población pasa de ${formatNumber(Number(most))} elementos. Elija menos días, o una parte de ella.`,
  sample_beyond: ({ wanted, population }) =>
    `Pide ${formatNumber(Number(wanted))} y solo hay ${formatNumber(Number(population))} de donde sacarlos. Escriba un número menor, o elija más días.`,
  paper_no_finding: () =>
    'El papel de trabajo de ese elemento no dice que sea no conforme, y solo de ese resultado sale un hallazgo. Corrija primero el papel.',
  account_unknown: () =>
    'Nadie de la entidad tiene ese documento o ese correo. Revíselo, o pida a la Administración del sistema que registre a la persona y su cuenta.',
  point_unknown: () =>
    'Ese punto de atención no es de su organismo. Escriba el nombre como aparece en la página de la lista.',
  row_repeated: () => 'Otra fila de la lista, más arriba, pide lo mismo: persona, punto, formulario y vigencia.',
  indicator_retired: () => 'El indicador se retiró: ya no se mide ni se corrige. Sus mediciones se conservan.',
  import_unread: () => 'El mapa no se pudo leer. Corrija el libro y vuelva a subirlo.',
  import_faulty: () =>
    'Alguna celda del mapa está por corregir. No se registró nada: revise la lista y suba el libro corregido.',
  import_empty: () => 'Todos los riesgos de este mapa ya están registrados. No se registró nada.',
  list_unread: () => 'La lista no se pudo leer. Corrija el archivo y vuelva a enviarlo.',
  campaign_exists: () =>
    'Ya hay una revisión abierta para esta vigencia. Siga con ella: está en la lista de revisiones.',
  undo_over: () =>
    'Ya no se puede pedir con el caso de la revisión: pasaron 5 días hábiles desde su cierre, o terminaron las fechas del acceso. Haga una solicitud nueva, con su comunicación.',
  undo_done: ({ code }) =>
    `El caso de la revisión sirve una sola vez, y este acceso ya se volvió a pedir${code ? ` con ${code}` : ''}. Si todavía se necesita, haga una solicitud nueva, con su comunicación.`,
  calendar_moved: (facts) =>
    `${changed('la apertura automática', facts)} después de que usted abrió la página. Mire arriba cómo quedó y, si todavía quiere su cambio, guárdelo de nuevo.`,
  calendar_same: () => 'Así está ya la apertura automática: cambie lo que deba ser distinto y guarde.',
  campaign_over: () => 'Esta revisión ya se cerró. Lo que se decidió está en su página y no cambia.',
  campaign_input: () => 'La revisión tiene datos por corregir: están señalados junto a cada campo.',
  reviews_waiting: ({ n }) =>
    `Todavía ${Number(n) === 1 ? 'falta una respuesta' : `faltan ${formatNumber(Number(n))} respuestas`}. La revisión se cierra sola al terminar su plazo, o antes cuando todas estén dadas.`,
  nothing_to_review: () => 'No hay accesos de esa vigencia por recertificar. Revise la vigencia.',
  ticket_known: () => 'El número de caso MARI de esta revisión ya está registrado y no se cambia.',
  not_reviewer: () =>
    'Usted no dirige hoy este organismo, así que no revisa estos accesos. Los revisa quien lo dirige hoy.',
  review_over: () =>
    'La revisión ya se cerró y no recibe respuestas. Para volver a dar un acceso, pídalo desde su página.',
  review_left: () => 'Este acceso ya terminó: no necesita respuesta.',
  review_moved: () => 'Este acceso pasó a otra persona para revisarlo. Ya no está en su lista.',
  own_review: () => 'Este acceso es suyo, y nadie revisa lo propio. Lo revisa quien dirige por encima de usted.',
  granter_delegate: () =>
    'Usted actúa por quien aprobó este acceso, así que no lo revisa. Lo revisa quien dirige el organismo.',
  answer_changed: () =>
    'Otra persona respondió este acceso mientras usted lo leía. Recargue la página, lea esa respuesta y, si hace falta, cámbiela.',
  nothing_changed: () => 'Escriba la nueva fecha final. Para otro punto u otro formulario se hace una solicitud nueva.',
  days_not_fewer: () =>
    'Escriba una fecha final que no haya pasado y que sea anterior a la que tiene el acceso. Para más días se hace una solicitud nueva.',
  keep_reason_missing: () =>
    'Este acceso lleva 60 días o más sin uso. Escriba por qué debe seguir (al menos 10 letras) o retírelo.',
  decided_alone: (facts) =>
    `${step(facts)} no se decide junto con otros: ábralo, léalo completo y decida en su página.`,
  beyond_substitution: () =>
    'Su reemplazo no alcanza para esto: cubre solo una parte del trabajo del cargo. Lo hace la otra persona que se nombró, o el titular cuando vuelva.',
  personal_act: () =>
    'Esto lo hace cada persona por sí misma. Elija su propio cargo en la barra de arriba y vuelva a esta página.',
  substitution_ended: () =>
    'Hoy ya no reemplaza a la persona por la que actuaba. Elija su propio cargo en la barra de arriba.',
  not_the_holder: () => 'La persona no ejerce ese cargo desde el primer día de la ausencia. Elija uno que sí ejerza.',
  substitute_self: () => 'Nadie se reemplaza a sí mismo. Elija a otra persona.',
  substitute_unknown: () => 'Esta persona no está registrada en la entidad, o ya se retiró. Elija a otra.',
  substitute_no_account: () =>
    'Esta persona no tiene una cuenta abierta y no podría entrar. Elija a otra, o pida a la Administración del sistema que la cree.',
  substitute_not_at_work: () => 'Esta persona no ejerce ningún cargo el primer día de la ausencia. Elija a otra.',
  substitute_holds_it: () =>
    'Esta persona ya ejerce ese mismo cargo en esos días: no necesita reemplazo. Elija a otra.',
  substitute_absent: () =>
    'Esta persona también está ausente en alguno de esos días. Elija a otra, o cambie las fechas.',
  substitution_circle: () =>
    'En alguno de esos días esta persona está ausente y la reemplaza quien ahora se va: no pueden reemplazarse entre sí. Elija a otra.',
  substitution_chain: () =>
    'En alguno de esos días la persona ausente reemplaza a otra, y un reemplazo no se pasa a un tercero. Primero termine ese reemplazo, o cambie las fechas.',
  absence_overlaps: () =>
    'Ya hay una persona nombrada para esas mismas tareas en alguno de esos días. Cancele aquella ausencia o cambie las fechas.',
  absence_input: () => 'La ausencia tiene datos por corregir: están señalados junto a cada campo.',
  absence_over: () => 'Esta ausencia ya terminó o se canceló. Lo que se hizo en ella queda en la historia.',
  list_too_long: ({ most }) =>
    `Este listado tiene más filas de las que caben en un archivo (${formatNumber(Number(most))}). Vuelva, póngale filtros y descárguelo por partes.`,
  not_sealed_yet: () =>
    'Este hecho todavía no tiene comprobante: se sella en segundos y se firma a más tardar en 15 minutos. Vuelva a intentarlo después.',
  seal_broken: () =>
    'Este hecho ya no es el que se selló: alguien lo cambió por fuera del sistema. No se entrega un comprobante que no se cumple; avise a control interno y a quien opera el sistema.',
  seal_behind: () =>
    'La bitácora no se alcanzó a sellar: hay un trabajo largo en curso o el sellado está detenido. No se entregó ningún paquete; vuelva a intentarlo en unos minutos y, si sigue igual, avise a quien opera el sistema.',
  still_open: () => 'Este ejercicio sigue en curso: su tiempo de retención empieza a contar cuando termine.',
  no_series: () =>
    'Ninguna serie de la tabla de retención documental cubre la TRD de este ejercicio: mientras la administración no la agregue, se conserva.',
  kept_for_good: ({ disposition }) =>
    disposition === 'MT'
      ? 'La tabla de retención documental ordena conservar este ejercicio en otro medio: no se elimina.'
      : 'La tabla de retención documental ordena la conservación total de este ejercicio: no se elimina.',
  retention_running: ({ until }) =>
    `Todavía no termina su tiempo de retención: se conserva hasta el ${formatDay(String(until))}.`,
  nothing_to_dispose: () => 'De este ejercicio no queda contenido por eliminar.',
  publication_open: () =>
    'Este ejercicio tiene una publicación programada o una corrección en trámite: su contenido se puede eliminar cuando termine.',
  disposal_exists: () => 'Ya hay una eliminación de este ejercicio propuesta, aprobada o hecha.',
  inventory_changed: () =>
    'El contenido del ejercicio, su serie o lo que se comparte con otros cambió desde que se hizo este inventario. Devuelva la propuesta, o vuelva a la página del ejercicio y proponga con el inventario de hoy.',
  disposal_over: () => 'Esta eliminación ya empezó o ya se decidió: no se puede aprobar, devolver ni retirar.',
  content_disposed: ({ minutes, on, hash }) => disposedSentence(String(minutes), String(on), hash),
  own_disposal: () =>
    'Usted propuso esta eliminación, o la propuso alguien por usted: nadie aprueba ni devuelve la que propuso. Debe decidirla otra persona que dirija el proceso.',
  pack_too_large: () =>
    'Los archivos de este ejercicio no caben en un solo paquete (4 GB). Descargue sus archivos desde el ejercicio y los comprobantes de sus hechos desde la bitácora.',
}

/** The same for whoever reads the record afterwards, as it was then: ends the sentence «… no se permitió: …». */
const REASONS: Record<RefusalCode, string> = {
  not_visible: 'lo que buscaba no estaba a su alcance',
  no_right: 'su cargo no permite hacerlo',
  not_in_charge: 'le corresponde a otro cargo',
  own_work: 'quien elaboró un contenido no lo revisa ni lo aprueba',
  view_of_other: 'la vista es de otra persona',
  comment_of_other: 'el comentario es de otra persona',
  reviewer_approves: 'quien revisó el contenido no lo aprueba en este procedimiento',
  tenure_ended: 'no tenía vigente el cargo con el que actuaba',
  proof_expired: 'pasaron más de cinco minutos desde que escribió su contraseña',
  area_closed: 'esa parte del sistema no está abierta para su cargo',
  not_your_turn: 'no era su turno',
  already_decided: 'ya estaba decidido',
  already_signed: 'ya había firmado esa versión',
  not_open: 'el paso no estaba abierto para editar',
  not_submitted: 'el paso no estaba en revisión ni en aprobación',
  not_approved: 'el paso no estaba aprobado',
  step_locked: 'un paso anterior no estaba aprobado',
  cycle_over: 'el ejercicio ya había terminado',
  cycle_exists: 'ya existía un ejercicio con ese número de radicado',
  content_changed: 'el contenido cambió después de que lo abrió',
  draft_changed: 'el borrador cambió después de que lo abrió',
  submission_in_flight: 'el envío del paso estaba en trámite',
  reopening_pending: 'ya había una solicitud de reapertura sin decidir',
  no_reopening: 'no había una solicitud de reapertura por decidir',
  incomplete: 'faltaba información obligatoria',
  release_unsafe: 'los archivos habrían dejado calcular cifras de muy pocas personas',
  table_too_fine: 'una tabla distinguía a las personas con demasiado detalle',
  release_unproven: 'no se alcanzó a comprobar que nadie pudiera calcular las casillas ocultas',
  release_withdrawn: 'la versión que se corregía ya estaba retirada',
  already_public: 'la corrección ya era pública',
  comments_open: 'quedaban comentarios sin resolver',
  held_by_check: 'una verificación retenía el paso',
  gate_lifted: 'la verificación ya no retenía el paso',
  earlier_unreported: 'faltaba informar el estado de recomendaciones de informes anteriores',
  methodology_unchanged: 'la copia decía lo mismo que su origen',
  harm_contradicted: 'el impacto no correspondía a lo que se afecta',
  not_corruption: 'al riesgo le faltaba una parte de la definición de corrupción',
  own_methodology: 'quien publica una versión no la elige',
  methodology_unknown: 'la metodología no tiene esa tipología',
  methodology_not_chosen: 'la entidad valoraba ese tipo de riesgo con otra metodología',
  copy_gone: 'la copia ya no existía',
  table_hole: 'la tabla de equivalencias estaba incompleta',
  table_falls: 'la tabla de equivalencias bajaba un nivel más alto',
  controls_undesigned: 'la nueva metodología no sabía cuánto pesan los controles',
  already_moved: 'el riesgo ya estaba valorado con esa metodología',
  move_asks_otherwise: 'la tipología de destino pedía datos distintos',
  override_same: 'el cálculo ya daba ese residual',
  override_above: 'el residual quedaba por encima del inherente',
  override_unsupported: 'ningún control reducía ese eje',
  override_over: 'ese residual sobrescrito ya no estaba vigente',
  never_acceptable: 'los riesgos de esa tipología no se aceptan',
  zone_not_acceptable: 'un riesgo en esa zona no se acepta',
  acceptance_unproven: 'faltaba evidencia vigente de los controles',
  acceptance_too_long: 'la fecha pasaba de la siguiente revisión',
  acceptance_open: 'ya había una aceptación vigente o pedida',
  acceptance_unasked: 'la aceptación se pide y se firma',
  acceptance_over: 'la aceptación ya había terminado',
  control_retired: 'el control ya estaba retirado',
  run_over: 'la ejecución del control ya había terminado',
  run_to_check: 'la ejecución del control esperaba verificación',
  run_to_do: 'la ejecución del control no se había hecho',
  own_evidence: 'verificaba lo que la misma persona aportó',
  owns_the_risk: 'quien responde por el riesgo no verifica sus controles',
  evidence_missing: 'faltaba la evidencia',
  evidence_unknown: 'la evidencia elegida no existía',
  evidence_unaccepted: 'la evidencia elegida no se había verificado, o se devolvió',
  evidence_early: 'la evidencia empezaba más de un año antes del período',
  evidence_ahead: 'la evidencia cubría un período futuro',
  evidence_beside: 'la evidencia no cubría el período de la ejecución',
  evidence_expired: 'la evidencia ya no estaba vigente',
  evidence_long: 'la vigencia de la evidencia era demasiado larga',
  pause_overlaps: 'el control ya estaba en pausa',
  pause_past: 'la pausa terminaba en el pasado',
  pause_long: 'la pausa pasaba del máximo',
  pause_far: 'la pausa empezaba demasiado lejos',
  pause_stale: 'la pausa habría terminado ya',
  pause_joined: 'con las pausas vecinas la pausa pasaba del máximo',
  pause_full: 'con las pausas vecinas ya se completaba el máximo',
  pause_unknown: 'el control no estaba en pausa',
  pause_over: 'la pausa ya había terminado',
  resume_past: 'el día de reanudar ya había pasado',
  resume_late: 'el día de reanudar era posterior al fin de la pausa',
  alert_over: 'el aviso ya se había respondido',
  finding_risk_unknown: 'ningún riesgo tenía ese código',
  action_over: 'la acción ya había terminado',
  drop_not_asked: 'nadie pedía descartar la acción',
  result_unshown: 'faltaba la evidencia de que se cumplió',
  action_not_done: 'la acción no se había informado como cumplida',
  action_not_verified: 'nadie había verificado que la acción se cumpliera',
  causes_known: 'las causas ya estaban analizadas',
  causes_unknown: 'las causas no estaban analizadas',
  finding_closed: 'el hallazgo ya estaba cerrado',
  reviews_overdue: 'había revisiones de riesgos vencidas',
  period_measured: 'el período ya estaba medido',
  plan_empty: 'el plan no tenía acciones',
  effect_unproven: 'faltaba una revisión de eficacia que dijera que las acciones tuvieron efecto',
  check_early: 'todavía no era el día de verificar la eficacia',
  crosswalk_standing: 'ya había una tabla de correspondencia para ese cambio',
  claimed_by_other: 'otra persona ya se había asignado la tarea',
  import_running: 'el archivo de la fuente se estaba procesando',
  typed_unread: 'no dijo que leyó la lista de cifras digitadas',
  body_differs: 'el mismo formulario ya se había enviado con otro contenido',
  out_of_date: 'la página que tenía abierta ya no estaba al día',
  not_read: 'no había confirmado la lectura del resumen',
  already_answered: 'la dependencia ya había respondido',
  reminded_today: 'ese día ya se le había avisado a la dependencia',
  own_access: 'nadie decide sobre un acceso que pidió o que va a usar',
  not_the_grantee: 'el compromiso lo acepta solo la persona para quien se pidió el acceso',
  duty_unaccepted: 'la persona no había aceptado el compromiso de confidencialidad',
  not_granted: 'el acceso no estaba aprobado',
  access_decided: 'la solicitud ya estaba decidida',
  access_over: 'el acceso ya había terminado',
  self_request: 'nadie pide acceso para sí mismo',
  no_open_account: 'la persona no tenía una cuenta abierta',
  not_at_work: 'la persona no ejercía ningún cargo',
  point_closed: 'el punto de atención no era del organismo o estaba cerrado',
  access_held: 'la persona ya tenía ese acceso, o estaba pedido',
  access_input: 'la solicitud tenía datos por corregir',
  no_access_in_force: 'no tenía un acceso vigente',
  draft_gone: 'el registro sin terminar ya no estaba',
  record_incomplete: 'faltaban respuestas',
  citizen_recorded: 'esa persona ya tenía un registro en el punto y la vigencia',
  citizen_erased: 'los datos de esa persona ya se habían borrado',
  population_empty: 'en esas fechas no había nada de qué sacar la muestra',
  population_long: 'la población era demasiado grande para una muestra',
  sample_beyond: 'la muestra era más grande que la población',
  paper_no_finding: 'el papel de trabajo no decía que el elemento fuera no conforme',
  account_unknown: 'nadie de la entidad tenía ese documento o ese correo',
  point_unknown: 'el punto de atención no era del organismo',
  row_repeated: 'otra fila de la misma lista pedía lo mismo',
  indicator_retired: 'el indicador se había retirado',
  import_unread: 'el mapa de riesgos no se pudo leer',
  import_faulty: 'alguna celda del mapa estaba por corregir',
  import_empty: 'todos los riesgos del mapa ya estaban registrados',
  list_unread: 'la lista no se pudo leer',
  rights_over: 'la solicitud ya había terminado',
  rights_underway: 'la solicitud se estaba registrando',
  rights_incomplete: 'el reclamo esperaba que el ciudadano lo completara',
  already_identified: 'la identidad ya se había comprobado',
  unidentified: 'no se había comprobado la identidad de quien la presentó',
  only_claims: 'solo un reclamo se devuelve para completarlo',
  requirement_late: 'habían pasado los cinco días hábiles para pedir lo que faltaba, o ya se había pedido',
  already_extended: 'el término ya se había prorrogado',
  extension_late: 'el término ya había vencido',
  rights_input: 'la solicitud tenía datos por corregir',
  wrong_secret: 'la clave no correspondía a la solicitud',
  tries_spent: 'se había escrito varias veces una clave equivocada',
  no_record: 'la entidad no tenía registros de esa persona',
  purposes_missing: 'no se marcó ninguna autorización que se retira',
  corrections_missing: 'no se dijo qué dato corregir',
  correction_wrong: 'el valor no servía para ese dato',
  nothing_to_complete: 'no se había pedido completar la solicitud',
  campaign_exists: 'ya había una revisión abierta para esa vigencia',
  undo_over: 'el plazo para deshacer la revisión ya había pasado',
  calendar_moved: 'otra persona había cambiado la apertura automática mientras tanto',
  calendar_same: 'la apertura automática ya estaba así',
  undo_done: 'el acceso ya se había vuelto a pedir después de la revisión',
  campaign_over: 'la revisión ya estaba cerrada',
  campaign_input: 'la revisión tenía datos por corregir',
  reviews_waiting: 'faltaban respuestas y el plazo no había terminado',
  nothing_to_review: 'no había accesos de esa vigencia por recertificar',
  ticket_known: 'el número de caso ya estaba registrado',
  not_reviewer: 'no dirigía ese día el organismo del acceso',
  review_over: 'la revisión ya estaba cerrada',
  review_left: 'el acceso ya había terminado',
  review_moved: 'el acceso había pasado a otra persona para revisarlo',
  own_review: 'nadie revisa su propio acceso',
  granter_delegate: 'actuaba por quien aprobó el acceso',
  answer_changed: 'otra persona había respondido mientras tanto',
  nothing_changed: 'la modificación no cambiaba nada',
  days_not_fewer: 'la fecha final no era anterior a la del acceso',
  keep_reason_missing: 'mantener un acceso sin uso necesita un motivo',
  decided_alone: 'ese paso se decide en su página, no junto con otros',
  beyond_substitution: 'el reemplazo no alcanzaba para eso',
  personal_act: 'eso lo hace cada persona por sí misma',
  substitution_ended: 'ya no reemplazaba a esa persona',
  not_the_holder: 'la persona ausente no ejercía ese cargo',
  substitute_self: 'nadie se reemplaza a sí mismo',
  substitute_unknown: 'la persona nombrada no estaba en la entidad',
  substitute_no_account: 'la persona nombrada no tenía una cuenta abierta',
  substitute_not_at_work: 'la persona nombrada no ejercía ningún cargo',
  substitute_holds_it: 'la persona nombrada ya ejercía ese cargo',
  substitute_absent: 'la persona nombrada también estaba ausente',
  substitution_circle: 'dos personas no se reemplazan la una a la otra',
  substitution_chain: 'un reemplazo no se pasa a un tercero',
  absence_overlaps: 'ya había una persona nombrada para esas tareas en esos días',
  absence_input: 'la ausencia tenía datos por corregir',
  absence_over: 'la ausencia ya había terminado',
  list_too_long: 'el listado tenía más filas de las que caben en un archivo',
  not_sealed_yet: 'el hecho todavía no tenía comprobante',
  seal_broken: 'el hecho ya no era el que se selló',
  seal_behind: 'la bitácora no se alcanzó a sellar',
  still_open: 'el ejercicio seguía en curso',
  no_series: 'ninguna serie de la tabla de retención lo cubría',
  kept_for_good: 'la tabla de retención ordena conservarlo',
  retention_running: 'no había terminado su tiempo de retención',
  nothing_to_dispose: 'no quedaba contenido por eliminar',
  publication_open: 'tenía una publicación o una corrección en trámite',
  disposal_exists: 'ya había una eliminación de ese ejercicio',
  inventory_changed: 'el contenido cambió desde que se hizo el inventario',
  disposal_over: 'la eliminación ya había empezado o se había decidido',
  content_disposed: 'el contenido se había eliminado según la tabla de retención',
  own_disposal: 'nadie aprueba la eliminación que propuso',
  pack_too_large: 'los archivos del ejercicio no cabían en un paquete',
}

export function refusalReason(code: string): string {
  return REASONS[code as RefusalCode] ?? 'no era posible en ese momento'
}

/** Who reads a refusal calls the functions it names as their entity does; who has not signed in has none. */
export type Reader = { entity: { dutyNames: DutyNames } } | null

export function refusalSentence(code: string, facts: RefusalFacts = {}, reader: Reader = null): string {
  const sentence = SENTENCES[code as RefusalCode]
  return sentence ? sentence(facts, reader?.entity.dutyNames ?? {}) : 'Esto no es posible en este momento.'
}

/** What stands where a button would be. */
export function sentenceOf(against: Objection | null, reader: Reader): string | null {
  return against && refusalSentence(against.code, against.facts, reader)
}

function step({ step: code }: RefusalFacts): string {
  return code ? `El paso ${code}` : 'Este paso'
}

/** Nobody waits for a decision on it: not sent, sent back or taken back, by whom and when. */
function takenBack(facts: RefusalFacts): string {
  if (facts.verdict === 'return') return `${step(facts)} fue devuelto${by(facts)} y no se ha vuelto a enviar.`
  if (facts.verdict === 'withdraw')
    return `${facts.by} retiró ese envío${at(facts)}. ${step(facts)} no se ha vuelto a enviar.`
  return `${step(facts)} no está en revisión ni en aprobación.`
}

function verdict(facts: RefusalFacts): string {
  if (facts.verdict === 'approve') return 'aprobado'
  return facts.verdict === 'return' ? 'devuelto' : 'decidido'
}

function changed(what: string, facts: RefusalFacts): string {
  return facts.by ? `${facts.by} cambió ${what}${at(facts)},` : `Alguien cambió ${what}`
}

function by(facts: RefusalFacts): string {
  return `${named(facts.by, ' por ')}${at(facts)}`
}

function at(facts: RefusalFacts): string {
  return typeof facts.at === 'string' ? ` el ${formatInstant(facts.at)}` : ''
}

function named(value: string | number | null | undefined, before = ': '): string {
  return value ? `${before}${value}` : ''
}
