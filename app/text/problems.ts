/** What is wrong with an input of the administration, beside its field: it says what to do. */
import type { Problem, ProblemCode } from '../../domain/administration.ts'

const SENTENCES: Record<ProblemCode, string> = {
  missing: 'Complete este campo.',
  too_long: 'Escriba un texto más corto.',
  not_a_date: 'Escriba una fecha que exista: día, mes y año.',
  not_an_email: 'Escriba un correo completo, por ejemplo nombre@entidad.gov.co.',
  not_a_divipola: 'Escriba los cinco dígitos del código DIVIPOLA, por ejemplo 47001.',
  not_a_nit: 'Escriba el NIT sin puntos, por ejemplo 891780009-4.',
  nit_digit: 'El dígito de verificación no corresponde a ese NIT. Revíselo, o escriba el NIT sin el dígito.',
  bad_characters: 'Borre los caracteres que no se pueden guardar.',
  not_a_colour: 'Escriba el color así: #004884.',
  colour_too_light: 'Elija un color más oscuro: sobre blanco no se lee.',
  tint_too_dark: 'Elija un fondo más claro: los títulos no se leen sobre él.',
  not_a_target: 'Escriba un número de 0 a 100.',
  not_a_threshold: 'Escriba un número entero de 5 o más.',
  not_a_png: 'Elija una imagen PNG.',
  shield_too_big: 'La imagen pesa más de 500 kB. Redúzcala y vuelva a cargarla.',
  email_taken: 'Ya hay una cuenta con este correo. Escriba otro.',
  has_account: 'Esta persona ya tiene una cuenta abierta.',
  not_linked: 'Esta cuenta no está ligada al directorio de la entidad.',
  no_factor: 'Esta persona no tiene un segundo factor activo.',
  no_account: 'Esta persona no tiene una cuenta abierta.',
  password_short: 'Escriba al menos 12 caracteres.',
  password_long: 'Escriba como máximo 128 caracteres.',
  password_differs: 'Las dos contraseñas no son iguales. Escriba la misma en los dos campos.',
  password_like_email: 'Escriba una contraseña distinta de su correo.',
  not_a_document: 'Escriba el número del documento de identidad, entre 4 y 20 letras o dígitos.',
  not_a_duty: 'Elija una función de la lista.',
  not_a_choice: 'Elija una de las opciones.',
  to_before_from: 'Escriba una fecha de fin igual o posterior a la de inicio.',
  encargo_needs_end: 'Escriba la fecha en que termina el encargo.',
  name_taken: 'Ya existe otro registro con este nombre. Escriba uno distinto.',
  document_taken: 'Ya hay una persona registrada con este documento. Búsquela en la lista.',
  not_found: 'Elija un registro vigente de la lista.',
  ended_already: 'Ya terminó en esa fecha o antes.',
  parent_is_below: 'Elija una dependencia que no esté dentro de esta misma.',
  still_has_positions: 'Primero suprima o traslade los cargos de esta dependencia.',
  still_has_agencies: 'Primero cierre o traslade las dependencias que están dentro de esta.',
  still_held: 'Primero registre el fin de las vinculaciones de este cargo.',
  work_left:
    'Elija a qué cargo pasa lo que queda abierto: está en la lista de arriba y nadie más lo tendría a su cargo.',
  not_held: 'Elija un cargo que alguien más ejerza después de ese día.',
  head_taken: 'Otro cargo ya dirige esta dependencia. Cámbielo primero.',
  titular_overlaps:
    'El cargo ya tiene titular en esas fechas. Registre primero el fin de esa vinculación, o un encargo.',
  same_person_overlaps: 'Esta persona ya ocupa este cargo en esas fechas.',
  before_start: 'Escriba una fecha igual o posterior al inicio de la vinculación.',
  last_administrator:
    'Nadie más administra el sistema después de esa fecha. Registre primero a otra persona en la Administración.',
  day_taken: 'Este día ya está en el calendario propio de la entidad.',
  already_not_working: 'Este día ya es no hábil: es festivo, sábado o domingo.',
  not_a_holiday: 'Este día no es festivo; solo un festivo puede volverse hábil.',
  day_is_past: 'Elija un día de hoy en adelante: los plazos que ya corrieron no se recalculan.',
  not_a_host: 'Escriba el nombre o la IP del servidor, sin http:// ni el puerto, por ejemplo datos.entidad.gov.co.',
  not_a_port: 'Escriba un puerto entre 1 y 65535.',
  not_an_address: 'Escriba una dirección completa que empiece por https:// o http://, sin usuario ni contraseña.',
  not_a_sequence: 'Escriba el número de un hecho, sin puntos: el primero de la bitácora es el 1.',
  not_confirmed_yet: 'Ese hecho todavía no se ha enviado a este destino. Escriba uno anterior.',
  not_a_header: 'Escriba el nombre de un encabezado HTTP, por ejemplo Authorization o X-Api-Key.',
  not_a_certificate:
    'Pegue el certificado completo, con sus líneas -----BEGIN CERTIFICATE----- y -----END CERTIFICATE-----.',
  is_a_key: 'Esto trae una clave privada, que no debe salir de su servidor. Pegue solo el certificado de la autoridad.',
  before_its_act: 'Escriba la fecha del acto o una posterior: nada rige antes de que se adopte.',
  not_a_series: 'Escriba el código por partes separadas con puntos, por ejemplo 4173.010.22.2.',
  not_years: 'Escriba los años en números enteros, de 0 a 99.',
  closes_itself:
    'Esta incidencia se cierra sola cuando su autocontrol vuelve a pasar. Corrija lo que muestra y ejecútelo.',
  closed_already: 'Otra persona ya cerró esta incidencia. Recargue la página para ver con qué nota.',
  secret_needed:
    'Escriba de nuevo este secreto: cambió a dónde se envía o quién responde por ese servidor, y el guardado no se manda a otro lugar.',
}

export function problemSentence(problem: Pick<Problem, 'code'>): string {
  return SENTENCES[problem.code]
}

/** Problems as the errors a form shows (`invalid` in app/answer.server.ts). */
export function fieldErrors(problems: readonly Problem[]): { field: string; message: string }[] {
  return problems.map((problem) => ({ field: problem.field, message: problemSentence(problem) }))
}
