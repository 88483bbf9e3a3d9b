// The contracts' messages as protobuf JSON, and the one place where they become what the pages show.
// Protobuf JSON leaves zeros and empty lists out and writes 64-bit integers and NaN as strings.

export interface WireValue {
  doubleValue?: number;
  integerValue?: string;
  stringValue?: string;
}
export interface WireParameter {
  name: string;
  value: WireValue;
}
export interface ParameterSpec {
  name: string;
  doubleDomain?: { min?: number; max?: number; scale?: string; step?: number };
  integerDomain?: { min?: string; max?: string; scale?: string; step?: string };
  categoricalDomain?: { choices: string[] };
  discreteDomain?: { values: number[]; scale?: string };
  constant?: WireValue;
  condition?: object;
  defaultValue?: WireValue;
  descriptionEn?: string;
  descriptionKo?: string;
}
export interface Score {
  name: string;
  metrics?: { name: string; value?: number; lower?: number; upper?: number }[];
}
export interface WireStudy {
  name: string;
  displayName?: string;
  state: string;
  stateReason?: string;
  notes?: string;
  tags?: string[];
  etag?: string;
  baselines?: Score[];
  confirmations?: any[];
  createTime?: string;
  spec: any;
  progress?: any;
}
export interface WireTrial {
  name: string;
  state: string;
  parameters?: WireParameter[];
  metrics?: { name: string; value?: number }[];
  objectives?: number[];
  attempts?: any[];
  pruningDecision?: any;
  lastStep?: string;
  reason?: string;
  candidate?: string;
  seed?: string;
  origin?: string;
  startTime?: string;
  endTime?: string;
}
export interface Objective {
  metric: string;
  maximize: boolean;
}
export interface Study {
  id: string;
  title: string;
  state: string;
  reason: string;
  task: string;
  panel: string;
  architecture: string;
  objectives: Objective[];
  space: ParameterSpec[];
  budget: number;
  parallelism: number;
  finished: number;
  pruned: number;
  failed: number;
  running: number;
  waiting: number;
  bestTrial: string;
  bestValues: number[];
  secondsLeft?: number;
  baselines: Score[];
  confirmations: any[];
  notes: string;
  tags: string[];
  etag: string;
  created: string;
  spec: any;
}

export const lastPart = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
export const word = (state: string | undefined, prefix: string): string =>
  (state ?? '').slice(prefix.length).toLowerCase();

export function study(wire: WireStudy): Study {
  const progress = wire.progress ?? {};
  return {
    id: lastPart(wire.name),
    title: wire.displayName || wire.name,
    state: word(wire.state, 'STUDY_STATE_'),
    reason: wire.stateReason ?? '',
    task: wire.spec.task ?? '',
    panel: wire.spec.data?.panel ?? '',
    architecture: wire.spec.architecture ?? '',
    objectives: (wire.spec.objectives ?? []).map((o: any) => ({
      metric: o.metric,
      maximize: o.direction === 'DIRECTION_MAXIMIZE',
    })),
    space: wire.spec.searchSpace?.parameters ?? [],
    budget: wire.spec.budget ?? 0,
    parallelism: wire.spec.parallelism ?? 1,
    finished: (progress.completed ?? 0) + (progress.pruned ?? 0),
    pruned: progress.pruned ?? 0,
    failed: progress.failed ?? 0,
    running: progress.running ?? 0,
    waiting: progress.waiting ?? 0,
    bestTrial: progress.bestTrial ? lastPart(progress.bestTrial) : '',
    bestValues: (progress.bestValues ?? []).map(Number),
    secondsLeft: progress.timeLeft ? parseFloat(progress.timeLeft) : undefined,
    baselines: wire.baselines ?? [],
    confirmations: wire.confirmations ?? [],
    notes: wire.notes ?? '',
    tags: wire.tags ?? [],
    etag: wire.etag ?? '',
    created: wire.createTime ?? '',
    spec: wire.spec,
  };
}

/** The baseline that is best by an objective, with its figure. */
export function bestBaseline(study: Study, objective = 0): { name: string; value: number } | undefined {
  const wanted = study.objectives[objective];
  const found = study.baselines.flatMap((score) =>
    (score.metrics ?? [])
      .filter((metric) => metric.name === wanted?.metric)
      .map((metric) => ({ name: score.name, value: Number(metric.value ?? 0) })),
  );
  found.sort((a, b) => (wanted?.maximize ? b.value - a.value : a.value - b.value));
  return found[0];
}

export function plain(value: WireValue | undefined): number | string {
  if (value?.stringValue !== undefined) return value.stringValue;
  if (value?.integerValue !== undefined) return Number(value.integerValue);
  return Number(value?.doubleValue ?? 0);
}

export const valuesOf = (parameters: WireParameter[] | undefined): Record<string, number | string> =>
  Object.fromEntries((parameters ?? []).map((p) => [p.name, plain(p.value)]));

/** What a person typed, as a value of the parameter's kind. */
export function parameterValue(spec: ParameterSpec, text: string): WireValue {
  if (spec.categoricalDomain || spec.constant?.stringValue !== undefined) return { stringValue: text };
  if (spec.integerDomain || spec.constant?.integerValue !== undefined) return { integerValue: text.trim() };
  return { doubleValue: Number(text) };
}

export const isLog = (spec: ParameterSpec | undefined): boolean =>
  (spec?.doubleDomain?.scale ?? spec?.integerDomain?.scale ?? spec?.discreteDomain?.scale) === 'SCALE_LOG';

export function seconds(from?: string, to?: string): number | undefined {
  return from && to ? (Date.parse(to) - Date.parse(from)) / 1000 : undefined;
}

/** Names that are not another's by group: `rmse_sex_1` is one of `rmse`. */
export const ofEverybody = (names: string[]): string[] => names.filter((n) => !names.some((o) => n.startsWith(`${o}_`)));

/** Tags as a person types them, blanks or commas between. */
export const tagsOf = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

export function figure(value: number | string | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  return Number.isFinite(value) ? Number(value.toPrecision(4)).toString() : '–';
}
