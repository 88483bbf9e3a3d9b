// The contracts' messages as protobuf JSON, and the one place where they become what the pages show.

interface WireParameterValue {
  doubleValue?: number;
  integerValue?: string;
  stringValue?: string;
}

interface WireStudy {
  name: string;
  displayName: string;
  state: string;
  stateReason?: string;
  spec: {
    task?: string;
    architecture?: string;
    budget: number;
    objectives?: { metric: string; direction: string }[];
  };
  progress?: {
    completed?: number;
    pruned?: number;
    failed?: number;
    running?: number;
    waiting?: number;
    bestTrial?: string;
    bestValues?: number[];
    timeLeft?: string;
  };
}

interface WireTrial {
  name: string;
  state: string;
  parameters?: { name: string; value: WireParameterValue }[];
  objectives?: number[];
  lastStep?: string;
  reason?: string;
  startTime?: string;
  endTime?: string;
}

export interface Study {
  id: string;
  title: string;
  state: string;
  reason: string;
  task: string;
  metric: string;
  budget: number;
  finished: number;
  failed: number;
  running: number;
  bestTrial: string;
  bestValue?: number;
  secondsLeft?: number;
}

export interface Trial {
  number: string;
  state: string;
  parameters: string;
  objective?: number;
  step: string;
  reason: string;
  seconds?: number;
}

const lastPart = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
const word = (state: string, prefix: string): string => state.slice(prefix.length).toLowerCase();

export function study(wire: WireStudy): Study {
  const progress = wire.progress ?? {};
  return {
    id: lastPart(wire.name),
    title: wire.displayName,
    state: word(wire.state, 'STUDY_STATE_'),
    reason: wire.stateReason ?? '',
    task: wire.spec.task ?? '',
    metric: wire.spec.objectives?.[0]?.metric ?? '',
    budget: wire.spec.budget,
    finished: (progress.completed ?? 0) + (progress.pruned ?? 0),
    failed: progress.failed ?? 0,
    running: progress.running ?? 0,
    bestTrial: progress.bestTrial ? lastPart(progress.bestTrial) : '',
    bestValue: progress.bestValues?.[0],
    secondsLeft: progress.timeLeft ? parseFloat(progress.timeLeft) : undefined,
  };
}

export function trial(wire: WireTrial): Trial {
  const start = wire.startTime ? Date.parse(wire.startTime) : undefined;
  const end = wire.endTime ? Date.parse(wire.endTime) : undefined;
  return {
    number: lastPart(wire.name),
    state: word(wire.state, 'TRIAL_STATE_'),
    parameters: (wire.parameters ?? []).map((p) => `${p.name}=${value(p.value)}`).join(' '),
    objective: wire.objectives?.[0],
    step: wire.lastStep ?? '0',
    reason: wire.reason ?? '',
    seconds: start !== undefined && end !== undefined ? (end - start) / 1000 : undefined,
  };
}

function value(wire: WireParameterValue): string {
  if (wire.stringValue !== undefined) return wire.stringValue;
  if (wire.integerValue !== undefined) return wire.integerValue;
  return figure(wire.doubleValue);
}

export function figure(value?: number): string {
  return value === undefined ? '' : Number(value.toPrecision(4)).toString();
}

export function span(seconds?: number): string {
  if (seconds === undefined) return '';
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
