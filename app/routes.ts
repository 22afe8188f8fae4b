import { layout, type RouteConfig, route } from '@remix-run/route-config'

/** The map of the product: Spanish address → English file, grouped by who opens it. */
export default [
  // Anyone, without signing in.
  layout('routes/public/layout.tsx', [
    route('/', 'routes/public/home.tsx'),
    route('ingresar', 'routes/public/sign-in.tsx'),
    route('crear-clave/:enlace', 'routes/public/new-password.tsx'),
    route('instalar/:enlace', 'routes/install/install.tsx'),
    route('ayuda', 'routes/public/help.tsx'),
    route('accesibilidad', 'routes/public/accessibility.tsx'),
    route('privacidad', 'routes/public/privacy.tsx'),
    route('mapa-del-sitio', 'routes/public/site-map.tsx'),
    route('datos-abiertos', 'routes/public/open-data.tsx'),
    route('datos-abiertos/:conjunto', 'routes/public/dataset.tsx', { id: 'routes/public/dataset' }),
    route('datos-abiertos/:conjunto/:version', 'routes/public/dataset.tsx', { id: 'routes/public/dataset-version' }),
    route('datos-abiertos/:conjunto/:version/diccionario', 'routes/public/dictionary.tsx'),
    route('verificar', 'routes/public/verify-start.tsx'),
    route('verificar/:codigo', 'routes/public/verify.tsx'),
    route('cifras/:codigo', 'routes/public/figure.tsx'),
    route('mis-derechos', 'routes/public/my-rights.tsx'),
    route('mis-derechos/nueva', 'routes/public/ask-rights.tsx'),
    route('mis-derechos/:codigo', 'routes/public/follow-rights.tsx'),
    route('*', 'routes/public/not-found.tsx'),
  ]),
  route('escudo/:hash', 'routes/public/shield.ts'),
  route('datos-abiertos/catalogo.jsonld', 'routes/public/catalogue.ts', { id: 'routes/public/catalogue-jsonld' }),
  route('datos-abiertos/catalogo.ttl', 'routes/public/catalogue.ts', { id: 'routes/public/catalogue-ttl' }),
  route('datos-abiertos/novedades.atom', 'routes/public/news.ts'),
  route('datos-abiertos/:conjunto/catalogo.jsonld', 'routes/public/catalogue.ts', { id: 'routes/public/dcat-jsonld' }),
  route('datos-abiertos/:conjunto/catalogo.ttl', 'routes/public/catalogue.ts', { id: 'routes/public/dcat-ttl' }),
  route('datos-abiertos/:conjunto/correspondencias.csv', 'routes/public/correspondences.ts', {
    id: 'routes/public/correspondences-csv',
  }),
  route('datos-abiertos/:conjunto/correspondencias.json', 'routes/public/correspondences.ts', {
    id: 'routes/public/correspondences-json',
  }),
  route('datos-abiertos/:conjunto/:version/:archivo', 'routes/public/release-file.ts'),

  // Anyone with an account.
  route('salir', 'routes/person/sign-out.ts'),
  route('sesion', 'routes/person/session.ts'),
  route('posicion', 'routes/person/switch-position.ts'),
  route('accesos/:acceso/entrada', 'routes/access/entry.ts'),
  route('listados/:lista/:formato', 'routes/person/list-file.ts'),
  route('ejercicios/:ejercicio/fuentes/:fuente/archivo', 'routes/sources/upload.ts'),
  route('ejercicios/:ejercicio/fuentes/:fuente/rechazados/:importacion', 'routes/sources/rejects.ts'),
  route('ejercicios/:ejercicio/pasos/:paso/borrador', 'routes/work/draft.ts'),
  route('ejercicios/:ejercicio/pasos/:paso/presencia', 'routes/work/presence.ts'),
  route('ejercicios/:ejercicio/archivos/:archivo', 'routes/work/file.ts'),
  route('accesos/solicitudes/lista/plantilla/:formato', 'routes/access/list-template.ts'),
  route('mejora/:codigo/archivos/:archivo', 'routes/improvement/file.ts'),
  route('ejercicios/:ejercicio/divulgacion/archivos/:archivo', 'routes/publications/draft-file.ts'),
  route('ejercicios/:ejercicio/informe/archivo/:formato', 'routes/report/file.ts'),
  route('administracion/plantillas/muestra/:formato', 'routes/templates/sample.ts'),
  route('ejercicios/:ejercicio/informe/secciones/:seccion/texto', 'routes/report/section-text.ts'),
  layout('routes/person/layout.tsx', [
    route('inicio', 'routes/person/start.tsx'),
    route('ejercicios/:ejercicio/fuentes', 'routes/sources/list.tsx'),
    route('ejercicios/:ejercicio/fuentes/nueva', 'routes/sources/new.tsx'),
    route('ejercicios/:ejercicio/fuentes/:fuente', 'routes/sources/source.tsx'),
    route('ejercicios/:ejercicio/fuentes/:fuente/conexion', 'routes/sources/outside.tsx'),
    route('ejercicios/:ejercicio/fuentes/:fuente/contrato', 'routes/sources/contract.tsx'),
    route('ejercicios/:ejercicio/fuentes/:fuente/perfil', 'routes/sources/profile.tsx'),
    route('ejercicios/:ejercicio/fuentes/:fuente/rechazados/:importacion/filas', 'routes/sources/rejected-rows.tsx'),
    route('mapas', 'routes/maps/list.tsx'),
    route('mapas/archivos/:archivo', 'routes/maps/received.tsx'),
    route('mapas/:mapa', 'routes/maps/map.tsx'),
    route('ejercicios/:ejercicio/analisis', 'routes/analysis/analysis.tsx'),
    route('ejercicios/:ejercicio/segmentos', 'routes/analysis/segments.tsx'),
    route('ejercicios/:ejercicio/cobertura', 'routes/analysis/coverage.tsx'),
    route('ejercicios/:ejercicio/informe', 'routes/report/report.tsx'),
    route('ejercicios/:ejercicio/informe/vista', 'routes/report/preview.tsx'),
    route('ejercicios/:ejercicio/informe/secciones/:seccion', 'routes/report/section.tsx'),
    route('ejercicios/:ejercicio/informe/secciones/:seccion/propuesta', 'routes/report/proposal.tsx'),

    // What waits for me, and the cycles with their steps.
    route('bandeja', 'routes/work/inbox.tsx'),
    route('bandeja/vistas', 'routes/work/inbox-views.tsx'),
    route('bandeja/decidir', 'routes/work/decide-many.tsx'),
    route('ejercicios', 'routes/work/cycles.tsx'),
    route('ejercicios/nuevo', 'routes/work/new-cycle.tsx'),
    route('ejercicios/:ejercicio', 'routes/work/cycle.tsx'),
    route('ejercicios/:ejercicio/cancelar', 'routes/work/cancel-cycle.tsx'),
    route('ejercicios/:ejercicio/actos/:acto', 'routes/work/act.tsx'),
    route('ejercicios/:ejercicio/pasos/:paso', 'routes/work/step.tsx'),
    route('ejercicios/:ejercicio/pasos/:paso/formulario', 'routes/work/newer-form.tsx'),
    route('ejercicios/:ejercicio/pasos/:paso/revise', 'routes/work/step-answers.tsx'),
    route('ejercicios/:ejercicio/pasos/:paso/revision', 'routes/work/decision.tsx'),
    route('ejercicios/:ejercicio/pasos/:paso/cambios', 'routes/work/changes.tsx'),
    route('ejercicios/:ejercicio/pasos/:paso/retirar', 'routes/work/withdraw.tsx'),
    route('ejercicios/:ejercicio/pasos/:paso/reabrir', 'routes/work/reopen.tsx'),
    route('ejercicios/:ejercicio/pasos/:paso/versiones/:version', 'routes/work/step-version.tsx'),

    // The catalogue of variables and what joins their series.
    route('variables', 'routes/variables/list.tsx'),
    route('variables/:codigo', 'routes/variables/variable.tsx'),
    route('variables/:codigo/correspondencia/:version', 'routes/variables/crosswalk.tsx'),

    // From where sources are fetched: an area of those who keep the data.
    route('conexiones', 'routes/connections/list.tsx'),
    route('conexiones/nueva', 'routes/connections/new.tsx'),
    route('conexiones/:conexion', 'routes/connections/connection.tsx'),

    // Administration of the entity, a whole area.
    layout('routes/administration/layout.tsx', [
      route('administracion', 'routes/administration/index.tsx'),
      route('administracion/personas', 'routes/administration/people.tsx'),
      route('administracion/personas/nueva', 'routes/administration/person-new.tsx'),
      route('administracion/personas/:persona', 'routes/administration/person.tsx'),
      route('administracion/cargos', 'routes/administration/posts.tsx'),
      route('administracion/cargos/nuevo', 'routes/administration/position-new.tsx'),
      route('administracion/cargos/:cargo', 'routes/administration/position.tsx'),
      route('administracion/dependencias/nueva', 'routes/administration/agency-new.tsx'),
      route('administracion/dependencias/:dependencia', 'routes/administration/agency.tsx'),
      route('administracion/vinculaciones', 'routes/administration/tenures.tsx'),
      route('administracion/vinculaciones/nueva', 'routes/administration/tenure-new.tsx'),
      route('administracion/vinculaciones/:vinculacion', 'routes/administration/tenure.tsx'),
      route('administracion/calendario', 'routes/administration/calendar.tsx'),
      route('administracion/procedimientos', 'routes/administration/procedures.tsx'),
      route('administracion/procedimientos/:version', 'routes/administration/procedure.tsx'),
      route('administracion/correo', 'routes/administration/mail.tsx'),
      route('administracion/sistema', 'routes/administration/system.tsx'),
      route('administracion/sistema/incidencias', 'routes/administration/incidents.tsx'),
      route('administracion/sistema/incidencias/:incidencia', 'routes/administration/incident.tsx'),
      route('administracion/entidad', 'routes/administration/entity.tsx'),
      route('administracion/plantillas', 'routes/templates/list.tsx'),
      route('administracion/plantillas/nueva', 'routes/templates/new.tsx'),
      route('administracion/plantillas/:plantilla', 'routes/templates/template.tsx'),
    ]),

    // Who may enter citizens' data, until when.
    route('accesos', 'routes/access/list.tsx'),
    route('accesos/solicitudes/nueva', 'routes/access/new.tsx'),
    route('accesos/solicitudes/lista', 'routes/access/new-list.tsx'),
    route('accesos/solicitudes/lista/:lista', 'routes/access/sent-list.tsx'),
    route('accesos/indicadores', 'routes/access/indicators.tsx'),
    route('accesos/por-que', 'routes/access/grounds.tsx'),
    route('accesos/:acceso', 'routes/access/grant.tsx'),

    // Who acts for whom while somebody is absent.
    route('ausencias', 'routes/absences/list.tsx'),
    route('ausencias/nueva', 'routes/absences/new.tsx'),
    route('ausencias/:ausencia', 'routes/absences/absence.tsx'),

    // Citizens' data, captured by whoever has an access in force.
    route('captura', 'routes/capture/home.tsx'),
    route('captura/registros', 'routes/capture/records.tsx'),
    route('captura/registros/:registro', 'routes/capture/record.tsx'),
    route('captura/registros/:registro/constancia', 'routes/capture/receipt.tsx'),
    route('captura/:formulario', 'routes/capture/begin.tsx'),
    route('captura/:formulario/:borrador/revise', 'routes/capture/review.tsx'),
    route('captura/:formulario/:borrador/:pagina', 'routes/capture/page.tsx'),

    // What citizens ask of their data.
    route('derechos', 'routes/rights/list.tsx'),
    route('derechos/nueva', 'routes/rights/new.tsx'),
    route('derechos/:solicitud', 'routes/rights/request.tsx'),

    // What recommendations and commitments come to.
    route('mejora', 'routes/improvement/list.tsx'),
    route('mejora/hallazgo', 'routes/improvement/finding.tsx'),
    route('mejora/:codigo', 'routes/improvement/action.tsx'),

    // The results of the cycles, inside the entity.
    route('resultados', 'routes/results/list.tsx'),
    route('resultados/:ejercicio', 'routes/results/cycle.tsx'),
    route('resultados/:ejercicio/:dependencia', 'routes/results/summary.tsx'),

    // What the entity publishes.
    route('publicaciones', 'routes/publications/list.tsx'),
    route('publicaciones/:publicacion', 'routes/publications/release.tsx'),
    route('publicaciones/:publicacion/correccion', 'routes/publications/correction.tsx'),
    route('ejercicios/:ejercicio/divulgacion', 'routes/publications/disclosure.tsx'),
  ]),
] satisfies RouteConfig
