import { study, trial, type Study, type Trial } from './wire';

export interface TrialPage {
  trials: Trial[];
  total: number;
}

async function get(path: string): Promise<any> {
  const response = await fetch(path, { headers: { accept: 'application/json' } });
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail ?? response.statusText);
  return body;
}

export async function studies(): Promise<Study[]> {
  return ((await get('/api/studies')).studies ?? []).map(study);
}

export async function trials(
  id: string,
  order: string,
  descending: boolean,
  offset: number,
  limit: number,
): Promise<TrialPage> {
  const query = new URLSearchParams({
    order,
    descending: String(descending),
    offset: String(offset),
    limit: String(limit),
  });
  const page = await get(`/api/studies/${id}/trials?${query}`);
  return { trials: (page.trials ?? []).map(trial), total: Number(page.totalSize ?? 0) };
}

/** Calls back with the study now and after each change; the returned function stops it. */
export function follow(id: string, changed: (study: Study) => void): () => void {
  const source = new EventSource(`/api/studies/${id}/events`);
  source.addEventListener('study', (event) => {
    const now = study(JSON.parse((event as MessageEvent).data));
    changed(now);
    if (['completed', 'stopped', 'failed'].includes(now.state)) source.close();
  });
  return () => source.close();
}
