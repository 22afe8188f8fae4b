/** Words of the frame around every page. */
export const shellText = {
  product: 'Caracteriza',
  tagline: 'Caracterización de ciudadanos y grupos de valor',
  title: (page: string) => `${page} · Caracteriza`,
  skip: 'Saltar al contenido',
  demo: 'Demostración',
  demoNotice: 'Instalación de demostración: los datos no son reales.',
  menu: 'Menú',
  menuLabel: 'Menú principal',
  breadcrumbs: 'Ruta de navegación',
  account: 'Su cuenta',
  actingAs: 'Actúa como',
  actsAs: (position: string) => `Actuar como ${position}`,
  encargado: 'encargo',
  actingFor: (name: string) => `por delegación de ${name}`,
  myAccount: 'Mi cuenta',
  absences: 'Mis ausencias y reemplazos',
  signIn: 'Ingresar',
  signOut: 'Salir',
  start: 'Inicio',
  govcoMark: 'GOV.CO',
  govco: 'Portal Único del Estado colombiano',
  footerLabel: 'Enlaces del sitio',
  help: 'Ayuda',
  accessibility: 'Accesibilidad',
  privacy: 'Privacidad y datos personales',
  openData: 'Datos abiertos',
  publicMenuLabel: 'Menú público',
  verify: 'Verificar un documento',
  history: 'Historia verificable',
  myRights: 'Mis derechos sobre mis datos',
  pqrsd: 'PQRSD',
  siteMap: 'Mapa del sitio',
}

/** How public pages are shown, as the reader chooses. */
export const displayText = {
  label: 'Tamaño de la letra y contraste',
  smaller: 'Reducir la letra',
  larger: 'Aumentar la letra',
  contrast: 'Contraste',
}

export const menuText = {
  inicio: 'Inicio',
  bandeja: 'Mi bandeja',
  ejercicios: 'Ejercicios',
  conexiones: 'Conexiones',
  resultados: 'Resultados',
  accesos: 'Accesos',
  captura: 'Captura',
  derechos: 'Derechos',
  riesgos: 'Riesgos',
  mejora: 'Mejora',
  publicaciones: 'Publicaciones',
  variables: 'Variables',
  auditoria: 'Auditoría',
  administracion: 'Administración',
}

export const sessionText = {
  label: 'Aviso de sesión',
  idle: 'Su sesión se cierra en dos minutos por falta de actividad. Lo que ya se guardó no se pierde.',
  final:
    'Su sesión cumple diez horas y se cierra en dos minutos. Guarde lo que esté escribiendo; después ingrese de nuevo.',
  stay: 'Seguir trabajando',
  typedAgain:
    'Su sesión había terminado cuando envió este formulario, así que no llegó. Lo que escribió está otra vez en él: revíselo y envíelo.',
}
