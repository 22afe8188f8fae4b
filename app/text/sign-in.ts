import { DIRECTORY_REFUSALS, type DirectoryRefusal } from '../../domain/directory.ts'

export const signInText = {
  title: 'Ingresar',
  intro:
    'Escriba el correo y la contraseña de su cuenta. Las cuentas las crea la Administración del sistema de su entidad.',
  email: 'Correo electrónico',
  password: 'Contraseña',
  submit: 'Ingresar',
  directory: 'Ingresar con el directorio de la entidad',
  directoryHelp: 'Si en su entidad usa una sola cuenta para el correo y los equipos, ingrese con ella.',
  orPassword: 'O con la contraseña de este sistema',
  missingEmail: 'Escriba su correo, por ejemplo nombre@entidad.gov.co',
  missingPassword: 'Escriba su contraseña',
  wrong: 'El correo o la contraseña no son correctos. Revíselos y escriba de nuevo la contraseña.',
  throttled: 'Hubo demasiados intentos con este correo. Espere quince minutos y vuelva a intentarlo.',
  after:
    'Al ingresar verá qué puede hacer hoy según su cargo. Si no recuerda la contraseña, pida a la Administración del sistema un enlace nuevo.',
  demoTitle: 'Cuentas de demostración',
  demoIntro: (password: string) => `Elija un cargo y se llenará el formulario. Todas usan la contraseña ${password}.`,
  demoMore: (entity: string) => `Los demás organismos y puntos de atención de ${entity}`,
  demoUse: (position: string, entity: string) => `Usar la cuenta ${position} de ${entity}`,
}

export const secondStepText = {
  title: 'Escriba su código',
  intro:
    'Su contraseña es correcta. Falta el segundo factor: abra en su teléfono la aplicación de códigos. Tiene cinco minutos.',
  code: 'Código',
  codeHelp: 'Los seis dígitos que muestra ahora la aplicación, o uno de sus códigos de recuperación.',
  submit: 'Ingresar',
  against: {
    code_missing: 'Escriba el código de seis dígitos que muestra la aplicación de su teléfono',
    code_wrong: 'El código no es correcto o ya se usó. Espere a que cambie en la aplicación y escriba el nuevo.',
    throttled: 'Hubo demasiados intentos con esta cuenta. Espere quince minutos y vuelva a intentarlo.',
  },
  lost: 'Si no tiene el teléfono, escriba un código de recuperación. Si tampoco los tiene, pida a la Administración del sistema que le quite el segundo factor.',
  again: 'Volver a escribir el correo y la contraseña',
}

export const newPasswordText = {
  title: 'Cree su contraseña',
  intro: (email: string) => `Es la contraseña de la cuenta ${email}. Este enlace sirve una sola vez.`,
  password: 'Contraseña nueva',
  rule: 'Al menos 12 caracteres. Una frase de varias palabras es buena y fácil de recordar.',
  repeat: 'Escríbala de nuevo',
  submit: 'Guardar la contraseña',
  short: 'Escriba al menos 12 caracteres',
  long: 'Escriba como máximo 128 caracteres',
  likeEmail: 'Escriba una contraseña distinta de su correo',
  different: 'Las dos contraseñas no son iguales. Escriba la misma en los dos campos',
  spentTitle: 'Este enlace ya no sirve',
  spent:
    'Ya se usó, se reemplazó por otro o pasaron más de tres días. Pida a la Administración del sistema un enlace nuevo.',
  saved: 'Su contraseña quedó guardada. Ingrese con ella.',
}

/** Why the entity's directory let nobody in, or proved nothing; and how one goes on. */
export const directoryText: Record<DirectoryRefusal, string> = {
  away: 'El directorio de la entidad no responde. Espere unos minutos; mientras tanto puede ingresar con su correo y su contraseña.',
  denied: 'El directorio no confirmó su identidad. Si no fue usted quien lo canceló, inténtelo de nuevo.',
  late: 'El paso por el directorio tardó más de diez minutos o empezó en otro navegador. Empiece de nuevo.',
  untrusted:
    'La respuesta del directorio no se pudo comprobar y no se aceptó. Inténtelo de nuevo; si se repite, avise a la Administración del sistema.',
  no_account:
    'El directorio confirmó su identidad, pero aquí no hay una cuenta abierta para usted. Pídala a la Administración del sistema.',
  unverified:
    'El directorio no confirma su correo, y con él se busca su cuenta la primera vez. Pida a quien administra el directorio que lo confirme, o ingrese con su contraseña.',
  other_subject:
    'Esa cuenta ya está ligada a otra persona del directorio. Pida a la Administración del sistema que la desligue si es la suya.',
  other_person:
    'En el directorio ingresó otra persona. Confirme su identidad con la misma cuenta con la que entró aquí.',
  entity_unclear:
    'Aquí hay varias entidades y no se sabe de cuál es el directorio: quien administra la instalación lo escribe en OIDC_ENTITY. Mientras tanto ingrese con su correo y su contraseña.',
  other_entity:
    'Ese directorio es de otra entidad y no sirve para confirmar su identidad. Salga e ingrese con su correo y su contraseña.',
  by_password:
    'Usted ingresó con su contraseña y no necesita el directorio. Al firmar, escriba en el mismo formulario esa contraseña y, si tiene segundo factor, el código de su teléfono.',
}

/** The sentence for what stands in an address; undefined for anything else. */
export function directorySentence(code: string | null): string | undefined {
  return DIRECTORY_REFUSALS.filter((known) => known === code).map((known) => directoryText[known])[0]
}
