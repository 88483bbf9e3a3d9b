import { study, type Study, type WireStudy, type WireTrial } from './wire';

/** A refusal by the server, in its own words. */
export class Refusal extends Error {}

/**
 * Calls a method of the gRPC contracts, protobuf JSON both ways; the server's own validation answers. `task` names the
 * model service to ask; without it the tuner answers.
 */
export async function call<T>(service: string, method: string, request: object, task = ''): Promise<T> {
  const query = task ? `?task=${encodeURIComponent(task)}` : '';
  const response = await fetch(`/api/call/${service}/${method}${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  const text = await response.text();
  let body: any;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Refusal(`${response.status} ${response.statusText}`);
  }
  if (!response.ok) throw new Refusal(body.detail ?? response.statusText);
  return body as T;
}

const studyService = <T>(method: string, request: object) =>
  call<T>('ilteo.tuner.v1.StudyService', method, request);
const trialService = <T>(method: string, request: object) =>
  call<T>('ilteo.tuner.v1.TrialService', method, request);

export const analysis = <T>(method: string, id: string, request: object = {}) =>
  call<T>('ilteo.tuner.v1.AnalysisService', method, { study: `studies/${id}`, ...request });
export const registry = <T>(task: string, method: string, request: object = {}) =>
  call<T>('ilteo.model.v1.ModelRegistryService', method, request, task);
export const panels = <T>(task: string, method: string, request: object = {}) =>
  call<T>('ilteo.panel.v1.PanelService', method, request, task);

export async function studies(query: string, state: string, tag: string, token: string) {
  const page = await studyService<{ studies?: WireStudy[]; nextPageToken?: string }>('ListStudies', {
    query,
    tag,
    states: state ? [`STUDY_STATE_${state.toUpperCase()}`] : [],
    pageToken: token,
    pageSize: 100,
  });
  return { studies: (page.studies ?? []).map(study), next: page.nextPageToken ?? '' };
}

export interface TaskStatus {
  name: string;
  target: string;
  reachable?: boolean;
  error?: string;
  task?: any;
}
export const tasks = async () => (await studyService<{ tasks?: TaskStatus[] }>('ListTasks', {})).tasks ?? [];

export const createStudy = async (request: object) =>
  study((await studyService<{ study: WireStudy }>('CreateStudy', request)).study);
export const getStudy = async (id: string) =>
  study((await studyService<{ study: WireStudy }>('GetStudy', { name: `studies/${id}` })).study);
/** `method` is `StartStudy`, `PauseStudy`, `StopStudy` or `DeleteStudy`. */
export const act = (method: string, id: string, reason: string) =>
  studyService(method, { name: `studies/${id}`, reason });
export const updateStudy = (id: string, change: object) =>
  studyService('UpdateStudy', { name: `studies/${id}`, ...change });
export const confirmWinners = (id: string, topK: number, seeds: number) =>
  studyService('ConfirmWinners', { study: `studies/${id}`, topK, seeds });
export const promote = (trial: string, alias: string, reason: string, force: boolean) =>
  studyService<any>('PromoteTrial', { trial, alias, reason, force });
export const auditEvents = async (id: string, token: string) =>
  studyService<any>('ListAuditEvents', { study: `studies/${id}`, pageSize: 50, pageToken: token });

export interface TrialQuery {
  states: string[];
  orderBy: string;
  descending: boolean;
  pageToken: string;
  pageSize: number;
}
export async function trials(id: string, query: TrialQuery) {
  const page = await trialService<{ trials?: WireTrial[]; nextPageToken?: string; totalSize?: string }>(
    'ListTrials',
    { study: `studies/${id}`, ...query },
  );
  return { trials: page.trials ?? [], next: page.nextPageToken ?? '', total: Number(page.totalSize ?? 0) };
}
export const getTrial = async (id: string, number: string) =>
  (await trialService<{ trial: WireTrial }>('GetTrial', { name: `studies/${id}/trials/${number}` })).trial;
export const measurements = async (id: string, number: string) =>
  (
    await trialService<{ measurements?: any[] }>('ListMeasurements', {
      trial: `studies/${id}/trials/${number}`,
      pageSize: 10000,
    })
  ).measurements ?? [];
export const enqueue = (id: string, parameters: object[], reason: string) =>
  trialService<{ trials: WireTrial[] }>('EnqueueTrials', {
    study: `studies/${id}`,
    configurations: [{ parameters }],
    reason,
  });

/** Sends files as one panel, one after the other in one body; the model service says what it does not accept. */
export async function importPanel(task: string, mapping: string, files: File[]) {
  const query = new URLSearchParams({ mapping, name: files[0].name });
  files.forEach((file) => query.append('file', `${file.size}:${file.name}`));
  const response = await fetch(`/api/panels/${encodeURIComponent(task)}?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Blob(files),
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(body.detail ?? `${response.status} ${response.statusText}`);
  return body as { panel: any; created?: boolean };
}

const AGAIN_MILLIS = 2000;

/**
 * Listens to server-sent events. A browser takes a connection that broke off up again by itself, but gives up one that
 * is answered by an error, e.g. by a proxy whose server restarts: then another is opened after a while.
 */
function listen(url: string, on: Record<string, (event: MessageEvent) => void>): () => void {
  let source: EventSource;
  let again = 0;
  const open = () => {
    source = new EventSource(url);
    for (const [name, heard] of Object.entries(on)) source.addEventListener(name, (event) => heard(event as MessageEvent));
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) again = window.setTimeout(open, AGAIN_MILLIS);
    });
  };
  open();
  return () => {
    window.clearTimeout(again);
    source.close();
  };
}

/** Calls back with the study now and after each change, over a connection that mends itself. */
export function follow(id: string, changed: (study: Study) => void, lost: (gone: boolean) => void): () => void {
  return listen(`/api/studies/${id}/events`, {
    study: (event) => {
      lost(false);
      changed(study(JSON.parse(event.data)));
    },
    error: () => lost(true),
  });
}

/** Calls back whenever any study has changed. */
export const followAll = (changed: () => void): (() => void) => listen('/api/studies/events', { changed });
